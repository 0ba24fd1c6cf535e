import type { Exhibit, LogEvent } from "../exhibits.ts"
import type { ExhibitFault } from "../fault.ts"
import { MOST_LINES } from "../limits.ts"
import { linesOf } from "../lines.ts"
import { AuditSections } from "./audit-sections.ts"
import { declaredFormats } from "./declared.ts"
import { readLine } from "./line.ts"

/**
 * Every line of the given logs that is not empty, in order. Of more than `MOST_LINES` the last are read. Formats that
 * the configurations declare are tried before the known ones.
 */
export function readEvents(
  logs: readonly Exhibit[],
  configs: readonly Exhibit[] = [],
): { readonly events: readonly LogEvent[]; readonly faults: readonly ExhibitFault[] } {
  const declared = declaredFormats(configs)
  const placed = logs.flatMap(placedLines)
  const kept = placed.slice(-MOST_LINES)
  const sections = new AuditSections()
  const events = kept.map(({ text, from }) => sections.within(readLine(text, from, declared)))
  const faults =
    placed.length > kept.length
      ? [{ from: "log", fault: `has more than ${MOST_LINES} lines; the last ones were read` }]
      : []
  return { events, faults }
}

interface PlacedLine {
  readonly text: string
  readonly from: string
}

function placedLines({ from, text, lines: numbers }: Exhibit): readonly PlacedLine[] {
  const lines = linesOf(text)
  const isOne = numbers === undefined && lines.filter((it) => it.text.trim() !== "").length === 1
  return lines.flatMap((it) =>
    it.text.trim() === ""
      ? []
      : [{ text: it.text, from: isOne ? from : `${from}:${numbers?.[it.number - 1] ?? it.number}` }],
  )
}
