import { describe, expect, test } from "bun:test"
import { readFileSync } from "node:fs"
import fc from "fast-check"
import { countTokens } from "./count.ts"
import { estimateTokens } from "./estimate.ts"

const bodyOf = (text: string): string => JSON.stringify({ model: "m", messages: [{ role: "user", content: text }] })
const estimate = (json: string): number => estimateTokens(Buffer.from(json))
/** What is there beside the text. */
const FRAME = estimate(bodyOf(""))

const fileText = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8")
const numbers = Array.from({ length: 300 }, (_, i) => (i * 10_849.03).toFixed(3)).join(", ")
const digests = Array.from({ length: 40 }, (_, i) => Bun.hash(String(i)).toString(16)).join("\n")

/** Texts and what the estimate may be, as a ratio to the count of a tokenizer. */
const TEXTS: readonly (readonly [kind: string, text: string, least: number, most: number])[] = [
  ["English", fileText("../../../ARCHITECTURE.md"), 1, 1.3],
  ["TypeScript", fileText("../resolve-provider.ts"), 1, 1.3],
  ["JSON", fileText("../../../package.json"), 1, 1.3],
  ["numbers", numbers, 0.9, 1.2],
  ["hexadecimal", digests, 1, 1.5],
  [
    "German",
    "Das Gateway verweigert nichts ohne Begründung. Jede Ablehnung und ihr Grund sind ein einziger Wert, und jede vorgeschlagene Änderung wurde noch einmal entschieden, bevor sie dem Aufrufer mitgeteilt wird. Geschwindigkeitsbegrenzungen und Benutzerberechtigungen werden einzeln aufgeführt.",
    1,
    1.5,
  ],
  [
    "French",
    "La passerelle ne dit jamais non sans dire pourquoi. Chaque refus et sa raison forment une seule valeur, et chaque correction proposée a été décidée à nouveau avant d'être communiquée à l'appelant.",
    1,
    1.5,
  ],
  [
    "Russian",
    "Шлюз никогда не отказывает без объяснения причин. Каждый отказ и его причина представляют собой одно значение, и каждое предложенное исправление было решено заново, прежде чем сообщить о нём вызывающему.",
    1,
    2,
  ],
  [
    "Arabic",
    "لا ترفض البوابة أبدا دون أن تقول السبب. كل رفض وسببه قيمة واحدة، وكل إصلاح مقترح تم البت فيه مرة أخرى.",
    1,
    2,
  ],
  ["Hindi", "गेटवे कभी भी कारण बताए बिना मना नहीं करता। हर अस्वीकृति और उसका कारण एक ही मान हैं।", 1, 2.5],
  [
    "Chinese",
    "网关从不在没有说明原因的情况下拒绝请求。每一次拒绝和它的原因都是同一个值，每一个建议的修复都经过了重新判断。",
    1,
    2,
  ],
  [
    "Japanese",
    "このゲートウェイは理由を言わずに拒否することはありません。すべての拒否とその理由は一つの値です。",
    1,
    2,
  ],
  ["Korean", "게이트웨이는 이유를 말하지 않고 거절하지 않습니다. 모든 거절과 그 이유는 하나의 값입니다.", 1, 2.5],
  ["emoji", "🎉🚀 Great work! 👍🏽 See you soon 👩‍👩‍👧‍👦 ❤️‍🔥 🇩🇪🇯🇵", 0.9, 2.5],
]

describe("the estimate of a request's tokens", () => {
  for (const [kind, text, least, most] of TEXTS)
    test(`is between ${least} and ${most} times what a tokenizer counts in ${kind}`, async () => {
      const ratio = (estimate(bodyOf(text)) - FRAME) / (await countTokens(text))
      expect(ratio).toBeGreaterThanOrEqual(least)
      expect(ratio).toBeLessThanOrEqual(most)
    })

  test("does not change where a client writes everything but ASCII as escapes", () => {
    for (const [, text] of TEXTS.filter(([kind]) => kind !== "emoji")) {
      const escaped = bodyOf(text).replace(
        /[\u0080-\uffff]/g,
        (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`,
      )
      expect(Math.abs(estimate(escaped) - estimate(bodyOf(text)))).toBeLessThanOrEqual(1)
    }
  })

  test("never is less for more text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 300 }),
        fc.string({ unit: "grapheme", maxLength: 300 }),
        (a, b) => {
          expect(estimate(bodyOf(`${a} ${b}`))).toBeGreaterThanOrEqual(estimate(bodyOf(a)))
        },
      ),
    )
  })

  test("reads any bytes to their end", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const tokens = estimateTokens(bytes)
        expect(tokens).toBeGreaterThanOrEqual(0)
        expect(tokens).toBeLessThanOrEqual(3 * bytes.length + 2)
      }),
    )
  })
})

const random = Buffer.from(Uint8Array.from({ length: 90_000 }, (_, i) => (i * 7_919) >> 3)).toString("base64")
const within = (part: object): number => estimate(JSON.stringify({ messages: [{ role: "user", content: [part] }] }))

describe("what is no text", () => {
  const png = `iVBORw0KGgo${random}`
  const shapes: readonly (readonly [string, object])[] = [
    ["OpenAI's", { type: "image_url", image_url: { url: `data:image/png;base64,${png}` } }],
    ["Anthropic's", { type: "image", source: { type: "base64", media_type: "image/png", data: png } }],
    ["Gemini's", { inlineData: { mimeType: "image/png", data: png } }],
    ["Bedrock's", { image: { format: "png", source: { bytes: png } } }],
  ]
  for (const [whose, part] of shapes)
    test(`is counted as an image in ${whose} shape, however large`, () => {
      expect(within(part)).toBeGreaterThan(1_600)
      expect(within(part)).toBeLessThan(1_700)
    })

  test("is counted by its length as sound", () => {
    const part = { type: "input_audio", input_audio: { format: "wav", data: `UklGRiQAAABXQVZF${random}` } }
    expect(within(part)).toBeGreaterThan(random.length / 700)
    expect(within(part)).toBeLessThan(random.length / 400)
  })

  test("is counted by its length as a document", () => {
    const part = { type: "document", source: { type: "base64", data: `JVBERi0xLjQ${random}` } }
    expect(within(part)).toBeGreaterThan(random.length / 30)
    expect(within(part)).toBeLessThan(random.length / 20)
  })

  test("has to be said to be so: a long word in a text is not free", () => {
    expect(within({ type: "text", text: random })).toBeGreaterThan(random.length / 4)
  })
})
