import { visible } from "../config/text/excerpt.ts"
import type { Explanation, Stop } from "../decision/explain.ts"
import { type Fix, fixes } from "../decision/fixes.ts"
import type { Replayed } from "../management/replayed.ts"
import { factOf } from "../management/replayed.ts"
import { columns, type Style } from "./style.ts"

/** A kept decision for a person: what it was about, the track it took, and for a refusal why and what to do. */
export function renderReplayed({ record, track, explanation }: Replayed, style: Style): string {
  const about = [factOf(record, "request.method"), factOf(record, "request.path")]
    .filter((it) => it !== undefined)
    .join(" ")
  const key = factOf(record, "key.name")
  const lines = [
    `${record.verdict === "deny" ? style.bad("refused") : style.good("permitted")}  ${style.bold(visible(about))}${key === undefined ? "" : `  with the key ${visible(String(key))}`}`,
    style.dim(
      `${record.id}  ${new Date(record.at).toISOString()}  plan ${record.frame.revision}  answered ${record.status} after ${record.took} ms`,
    ),
  ]
  if (record.upstreamStatus !== undefined && record.upstreamStatus >= 400)
    lines.push(`The gateway let it pass; the ${record.upstreamStatus} is the upstream's own.`)
  if (explanation !== undefined) lines.push("", renderExplanation(explanation, style))
  return `${[...lines, "", renderTrack(track, style)].join("\n")}\n`
}

export function renderExplanation(explanation: Explanation, style: Style): string {
  const { cause, status, title, detail, evidence, near } = explanation
  const rows = evidence.map((it) => [
    it.fact,
    visible(it.said),
    ...(it.at === undefined ? [] : [style.dim(`asked for at ${it.at}`)]),
    ...(it.observedAt === undefined ? [] : [style.dim(`held at ${it.observedAt}`)]),
  ])
  const parts = [`${style.bold(`${status} ${cause}`)}  ${title}`, visible(detail), "", columns(rows, "  ")]
  if (near.length > 0)
    parts.push(
      "",
      "almost matched",
      columns(
        near.map((it) => [it.name, visible(it.said), style.dim(it.at ?? "")]),
        "  ",
      ),
    )
  const all = fixes(explanation)
  const verified = all.filter((it) => it.verified)
  if (verified.length > 0) parts.push("", "would have let it pass (each decided again)", renderFixes(verified, style))
  parts.push(
    "",
    "what to do",
    renderFixes(
      all.filter((it) => !it.verified),
      style,
    ),
  )
  return parts.join("\n")
}

function renderFixes(list: readonly Fix[], style: Style): string {
  return columns(
    list.map(({ by, does, unverified }) => [
      by,
      visible(does) + (unverified === undefined ? "" : style.dim(`  (not known then: ${unverified.join(", ")})`)),
    ]),
    "  ",
  )
}

const MARK: Readonly<Record<Stop["outcome"], string>> = { held: "●", failed: "✗", unknown: "?", unread: "○" }
const SAID: Readonly<Record<Stop["outcome"], string>> = {
  held: "held",
  failed: "refused here",
  unknown: "could not be judged",
  unread: "not reached",
}

/** The pipeline as a line of stops. */
export function renderTrack(track: readonly Stop[], style: Style): string {
  const rows = track.map(({ stage, cause, outcome }) => {
    const row = [MARK[outcome], stage, cause, SAID[outcome]]
    if (outcome === "failed") return row.map(style.bad)
    return outcome === "unread" ? row.map(style.dim) : row
  })
  return columns(rows, "  ")
}
