import { expect, test } from "bun:test"
import { readCase } from "../../exhibits/case.ts"
import type { LogEvent } from "../../exhibits/exhibits.ts"
import { upstreamSecondHopDenied } from "./second-hop-denied.ts"

const event = (upstreamStatus?: number): LogEvent => ({
  from: "log_lines[0]",
  line: "GET / 403",
  format: "nginx-access",
  ids: new Map(),
  codes: [],
  message: "",
  status: 403,
  ...(upstreamStatus === undefined ? {} : { upstreamStatus }),
})

/** What the clue about the access log quotes of these lines. */
function quoteOf(events: readonly LogEvent[]): string | undefined {
  const read = readCase({ symptom: "", evidence: {} })
  if (!("of" in read)) throw new Error(read.fault)
  for (const { all } of upstreamSecondHopDenied.clues) {
    const [first] = all
    if ("see" in first) return first.see({ ...read, events })?.quote
  }
  throw new Error("no clue looks at the access log")
}

test("a line with the upstream's own 403 is quoted, whatever lines stand before it", () => {
  expect(quoteOf([event(), event(200), event(403)])).toBe("GET / 403")
})

test("a 403 the proxy wrote itself, or in place of another status, is not the upstream's", () => {
  expect(quoteOf([event(), event(502)])).toBeUndefined()
})
