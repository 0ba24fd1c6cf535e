import { show } from "../decision/value.ts"
import type { StageSeen } from "../management/stages.ts"
import { visible } from "../text/excerpt.ts"
import { columns, type Style } from "./style.ts"

const MARK: Readonly<Record<StageSeen["outcome"], string>> = { passed: "●", refused: "✗", "not-reached": "○" }

/** The stages as a line of stops, each with what was seen there. */
export function renderStages(stages: readonly StageSeen[], style: Style): string {
  const rows = stages.map((it) => {
    const row = [MARK[it.outcome], it.stage, told(it)]
    if (it.outcome === "refused") return row.map(style.bad)
    if (it.outcome === "not-reached") return row.map(style.dim)
    return [style.good(MARK.passed), it.stage, told(it)]
  })
  return columns(rows, "  ")
}

function told({ outcome, cause, saw }: StageSeen): string {
  if (outcome === "not-reached") return "not reached"
  if (outcome === "refused" && cause !== undefined) return `refused here: ${cause}`
  return saw.map(({ fact, value }) => `${fact} ${visible(show(value))}`).join(", ")
}
