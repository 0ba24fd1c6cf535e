import { expect } from "bun:test"
import { fieldOf, hasBegun } from "./caller.fixture.ts"
import type { Lived } from "./live.fixture.ts"
import { replayedFor, simulatedCause, toldBy, toldOf, withoutFixes } from "./told.fixture.ts"

/** The three ways to decide come to the same, and what was said live is what is said later. */
export function agrees(lived: Lived, code: string): void {
  const { record, last, answers, faults } = lived
  // What the gateway refuses as it or a helper of its own failed is in its log, and nothing else is.
  expect(faults.length > 0).toBe(code.startsWith("internal/") || code === "content/guardrail-unavailable")
  for (const before of answers.slice(0, -1)) expect(fieldOf(before, "Pinpoint-Cause")).toBeUndefined()
  expect(record?.verdict).toBe("deny")
  expect(record?.cause).toBe(code)
  // Where an answer had begun, its head can no longer say so.
  if (!hasBegun(last)) expect(fieldOf(last, "Pinpoint-Cause")).toBe(code)
  expect(JSON.parse(JSON.stringify(record))).toEqual(record)
  expect(simulatedCause(lived)).toBe(code)
  const told = replayedFor(lived)
  expect([...told.values()].map((it) => it.explanation?.cause)).toEqual([code, code, code])
  const answered = toldBy(last)
  if (last.isCut) return
  const later = [...told.values()].map((it) => toldOf(it.explanation))
  if (hasBegun(last)) expect(later.map(withoutFixes)).toContainEqual(withoutFixes(answered))
  else expect(later).toContainEqual(answered)
}
