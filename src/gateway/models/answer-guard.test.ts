import { expect, test } from "bun:test"
import fc from "fast-check"
import { answerGuards, type ModelGuards } from "../../guardrails/answer-guards.ts"
import { prepareGuardrails } from "../../guardrails/prepared.ts"
import type { StreamEvent } from "../../models/form/events.ts"
import { AnswerGuard } from "./answer-guard.ts"

const ADDRESS = "ann.smith@example.org"

function guardsWith(does: "mask" | "refuse"): ModelGuards {
  const settings = {
    kind: "sensitive-data",
    find: ["email"],
    names: [],
    on: ["answer"],
    does,
    models: undefined,
  } as const
  const guards = answerGuards(prepareGuardrails([settings]))?.of("m")
  if (guards === undefined) throw new Error("a guardrail looks at no model")
  return guards
}

/** What is told of events, and what it stopped at. */
function told(events: readonly StreamEvent[], does: "mask" | "refuse") {
  const guard = new AnswerGuard(guardsWith(does))
  const seen: StreamEvent[] = []
  for (const it of events) guard.pass(it, (event) => seen.push(event))
  return { guard, seen, text: seen.map((it) => (it.kind === "text" ? it.text : "")).join("") }
}

const at = { choice: 0, part: 0 } as const
const kinds: fc.Arbitrary<Extract<StreamEvent, { kind: "part" }>["begins"]> = fc.constantFrom(
  { kind: "text" } as const,
  { kind: "reasoning" } as const,
  { kind: "refusal" } as const,
  { kind: "tool-call", id: "c", name: "f" } as const,
  { kind: "made", medium: { kind: "inline", type: "audio/wav", data: "" } } as const,
)

/** A text in pieces, however cut. */
const pieces = (text: string): fc.Arbitrary<readonly string[]> =>
  fc.uniqueArray(fc.nat(text.length), { maxLength: 12 }).map((cuts) => {
    const ends = [...cuts.toSorted((a, b) => a - b), text.length]
    return ends.map((to, i) => text.slice(ends[i - 1] ?? 0, to))
  })

const TEXT = `Write to ${ADDRESS}, or not.`
const said: fc.Arbitrary<readonly StreamEvent[]> = fc
  .tuple(kinds, pieces(TEXT))
  .map(([begins, parts]) => [
    { kind: "part", ...at, begins },
    ...parts.map((text) => ({ kind: "text", ...at, text }) as const),
    { kind: "part-end", ...at },
  ])

test("whatever part a text is of, and however it is cut, what is masked is not told", () => {
  fc.assert(
    fc.property(said, (events) => {
      const { text, guard, seen } = told(events, "mask")
      expect(text).toBe("Write to [EMAIL], or not.")
      expect(guard.stopped).toBe(undefined)
      expect(seen.at(-1)).toEqual({ kind: "part-end", ...at })
      expect(guard.texts().map((it) => it.text)).toEqual([TEXT])
    }),
  )
})

test("and nothing is told from what is refused on", () => {
  fc.assert(
    fc.property(said, (events) => {
      const { text, guard, seen } = told([...events, { kind: "end" }], "refuse")
      expect("Write to ".startsWith(text)).toBe(true)
      expect(guard.stopped).toBe("email")
      expect(seen.some(({ kind }) => kind === "part-end" || kind === "end")).toBe(false)
    }),
  )
})

test("quotations are texts too, and log probabilities would spell them out", () => {
  const raw = { format: "anthropic", value: { cited_text: ADDRESS } } as const
  const events: readonly StreamEvent[] = [
    { kind: "part", ...at, begins: { kind: "text" } },
    { kind: "citation", ...at, citation: { quote: `by ${ADDRESS}`, title: "A page", raw } },
    { kind: "citation", ...at, citation: { url: "https://example.com/" } },
    { kind: "logprobs", choice: 0, tokens: [{ token: ADDRESS, logprob: -1, bytes: null, top: [] }] },
    { kind: "part-end", ...at },
  ]
  const masked = told(events, "mask")
  expect(JSON.stringify(masked.seen)).not.toContain("example.org")
  expect(masked.seen.filter(({ kind }) => kind === "citation")).toEqual([
    { kind: "citation", ...at, citation: { quote: "by [EMAIL]", title: "A page" } },
    { kind: "citation", ...at, citation: { url: "https://example.com/" } },
  ])
  expect(masked.seen.some(({ kind }) => kind === "logprobs")).toBe(false)
  const refused = told(events, "refuse")
  expect([refused.guard.stopped, refused.seen.length]).toEqual(["email", 1])
  // What it stopped at is there to be judged by.
  expect(refused.guard.texts()).toContainEqual({ role: "assistant", text: `by ${ADDRESS}`, isAside: true })
})
