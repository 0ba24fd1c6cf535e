import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { OUTBOUND } from "../../src/models/codecs.ts"
import { anyRequest } from "../../src/models/form/any.fixture.ts"
import { Losses } from "../../src/models/form/losses.ts"
import { EventStreamFrames } from "../../src/models/framing/event-stream.ts"
import { type Json, parseJson } from "../../src/models/json.ts"
import { WIRE_FORMATS } from "../../src/models/wire-format.ts"
import type { Random } from "../random.fixture.ts"

const FAMILIES = ["model answer", "model stream", "model request", "form in parts"] as const
export type ModelFamily = (typeof FAMILIES)[number]
export const isModelFamily = (it: string): it is ModelFamily => FAMILIES.some((name) => name === it)

const CORPUS = join(import.meta.dir, "../models/corpus")

const documents = (...endings: readonly string[]): readonly Buffer[] =>
  readdirSync(CORPUS, { recursive: true, encoding: "utf8" })
    .filter((it) => endings.some((end) => it.endsWith(end)) && !it.endsWith(".expected.json"))
    .map((it) => readFileSync(join(CORPUS, it)))

const texts = (...endings: readonly string[]): readonly string[] => documents(...endings).map((it) => it.toString())

/** Messages of AWS's framing as lines of their type and their payload. */
function lines(bytes: Buffer): string {
  const found: string[] = []
  const frames = new EventStreamFrames((headers, payload) => {
    found.push(`${headers.get(":event-type") ?? headers.get(":exception-type") ?? ""} ${payload.toString()}`)
  })
  frames.push(bytes)
  return found.join("\n")
}

/** Requests for each format, which are those of a dialect too. */
const requests = (): readonly string[] =>
  fc
    .sample(anyRequest(), { seed: 4, numRuns: 40 })
    .flatMap((it) =>
      WIRE_FORMATS.map((format) =>
        JSON.stringify({ model: "a", ...OUTBOUND[format].writeRequest(it, {}, new Losses()) }),
      ),
    )

const part = (head: string, value: string): string =>
  `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`

export const MODEL_SEEDS: Readonly<Record<ModelFamily, () => readonly string[]>> = {
  "model answer": () => texts(".json"),
  "model stream": () => [...texts(".sse", ".ndjson"), ...documents(".bin").map(lines)],
  "model request": () => [
    ...requests(),
    '{"model":"a","input":["a","b"],"dimensions":3,"encoding_format":"base64"}',
    '{"requests":[{"model":"models/a","content":{"parts":[{"text":"a"}]},"taskType":"RETRIEVAL_QUERY"}]}',
    '{"model":"a","query":"q","documents":["a",{"text":"b"}],"top_n":1}',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}',
  ],
  "form in parts": () => [
    `${part('name="file"; filename="a.wav"', "RIFF")}${part('name="model"', "a")}${part('name="prompt"', "é")}--b--\r\n`,
  ],
}

/** Names that mean something to JavaScript are only own names in JSON. */
const ODD: readonly string[] = [
  "null",
  "0",
  "-1",
  "1.5",
  "1e300",
  "9007199254740993",
  "4294967295",
  "true",
  '""',
  '"\\ud800"',
  '"a\\r\\nb: c"',
  '"data:image/png;base64,AAAA"',
  "[]",
  "{}",
  "[[]]",
  "[null]",
  "[[[[[[{}]]]]]]",
  '{"type":"text"}',
  '{"__proto__":{"a":1},"constructor":1,"toString":"x","hasOwnProperty":null}',
]
const NAMES = [
  "__proto__",
  "constructor",
  "toString",
  "type",
  "index",
  "id",
  "role",
  "\ud800",
  "a".repeat(9000),
] as const

/** The same text with a few values of its JSON, be it the whole or lines of it, changed to others. */
export function mutatedModelText(text: string, random: Random): string {
  const chance = random.of([0.005, 0.02, 0.1])
  const whole = changed(text, chance, random)
  if (whole !== undefined) return whole
  return text
    .split("\n")
    .flatMap((line) => {
      if (random.is(0.02)) return []
      const [, head = "", json = ""] = /^([^[{]*)(.*)$/s.exec(line) ?? []
      const told = head + (changed(json, chance, random) ?? json)
      return random.is(0.03) ? [told, told] : [told]
    })
    .join("\n")
}

function changed(text: string, chance: number, random: Random): string | undefined {
  let value: Json
  try {
    value = parseJson(text)
  } catch {
    return undefined
  }
  const odd = (it: Json | undefined): Json | undefined => {
    if (typeof it === "string" && random.is(0.5)) return it.repeat(random.of([0, 2, 300])).slice(0, 20_000)
    return random.is(0.1) ? undefined : parseJson(random.of(ODD))
  }
  return JSON.stringify(value, (_, it: Json | undefined) => {
    if (random.is(chance)) return odd(it)
    if (typeof it !== "object" || it === null || Array.isArray(it) || !random.is(chance)) return it
    return { ...it, [random.of(NAMES)]: odd(null) }
  })
}
