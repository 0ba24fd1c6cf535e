import type { Explanation, ToldEvidence } from "../decision/explain.ts"
import { type Fix, fixes } from "../decision/fixes.ts"
import type { Reach } from "../decision/reach.ts"
import type { Written } from "../management/replayed.ts"
import { visible } from "../text/excerpt.ts"
import { columns, type Style } from "./style.ts"

/** Why: the cause, what was compared, and where both sides are written. */
function renderReason(
  { cause, status, title, detail, evidence, near }: Explanation,
  quoted: ReadonlyMap<string, readonly string[]>,
  style: Style,
): string {
  const parts = [`${style.bold(`${status} ${cause}`)}  ${title}`, visible(detail), ""]
  for (const it of evidence) parts.push(renderEvidence(it, quoted, style))
  if (near.length > 0)
    parts.push(
      "",
      style.bold("almost matched"),
      columns(
        near.map((it) => [it.name, visible(it.said), style.dim(it.at ?? "")]),
        "  ",
      ),
    )
  return parts.join("\n")
}

const NOTHING_QUOTED: ReadonlyMap<string, readonly string[]> = new Map()

/** As `renderReason`, without the lines of the file. */
export const renderShortReason = (explanation: Explanation, style: Style): string =>
  renderReason(explanation, NOTHING_QUOTED, style)

/** What names a quotation: which side it is of, and of which place. */
export const quotedAs = (what: Written["what"], place: string): string => `${what} ${place}`

function renderEvidence(
  { fact, said, at, observedAt }: ToldEvidence,
  quoted: ReadonlyMap<string, readonly string[]>,
  style: Style,
): string {
  const placed = (what: Written["what"], where: string | undefined): readonly string[] =>
    where === undefined
      ? []
      : [
          style.dim(`    ${what} at ${where}`),
          ...(quoted.get(quotedAs(what, where)) ?? []).map((line) => `      ${line}`),
        ]
  return [`  ${fact}  ${visible(said)}`, ...placed("asked for", at), ...placed("held", observedAt)].join("\n")
}

/** What was found to help this very request: verified changes, by whom. Empty where there is none. */
export function renderVerified(explanation: Explanation, heading: string, style: Style): string {
  const verified = fixes(explanation).filter((it) => it.verified)
  if (verified.length === 0) return ""
  return `${style.bold(heading)} ${style.dim("(each was decided again)")}\n${renderFixes(verified, style)}`
}

/** What is generally done about the cause. */
export function renderAdvice(explanations: readonly Explanation[], style: Style): string {
  const advice = explanations.flatMap((it) => it.fix).map((it): Fix => ({ ...it, verified: false }))
  const once = [...new Map(advice.map((it) => [`${it.by} ${it.does}`, it])).values()]
  return `${style.bold("what to do")}\n${renderFixes(once, style)}`
}

function renderFixes(list: readonly Fix[], style: Style): string {
  return columns(
    list.flatMap(({ by, does, unverified, reach }) => [
      [by, visible(does) + (unverified === undefined ? "" : style.dim(`  (not known then: ${unverified.join(", ")})`))],
      ...(reach === undefined ? [] : [["", style.dim(visible(renderReach(reach)))]]),
    ]),
    "  ",
  )
}

const MOST_NAMED = 4

/** Whom else a fix would let in, so that the narrowest can be chosen. */
function renderReach({ admits, asked }: Reach): string {
  if (admits.length === 0) return `lets in nobody else, of ${asked} other requests asked`
  const named = admits.slice(0, MOST_NAMED).join("; ")
  const more = admits.length > MOST_NAMED ? `; and ${admits.length - MOST_NAMED} more` : ""
  return `also lets in, of ${asked} other requests asked: ${named}${more}`
}

/** One refusal whole: why, what would have helped, what to do. */
export function renderExplanation(
  explanation: Explanation,
  style: Style,
  quoted: ReadonlyMap<string, readonly string[]> = NOTHING_QUOTED,
): string {
  return [
    renderReason(explanation, quoted, style),
    renderVerified(explanation, "would have let it pass", style),
    renderAdvice([explanation], style),
  ]
    .filter((it) => it !== "")
    .join("\n\n")
}
