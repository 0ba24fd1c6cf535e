import { dollars, nanoUsd } from "../ports/money.ts"
import type { ModelRecord } from "../ports/records.ts"
import { visible } from "../text/excerpt.ts"
import { columns, type Style } from "./style.ts"

/** What became of a call to a model: a line for each thing that is known of it. */
export function renderModel(model: ModelRecord, style: Style): string {
  const { asked, operation, stream, target, passedOver, dropped, cache } = model
  const rows: (readonly [label: string, told: string])[] = [
    ["model", `${visible(asked === "" ? "none named" : asked)} (${operation}${stream ? ", streamed" : ""})`],
  ]
  if (target !== undefined) rows.push(["target", visible(target)])
  // Where a cache answered, nobody was asked, and nothing was spent.
  const isRecalled = cache === "hit" || cache === "near"
  if (!isRecalled) for (const it of passedOver) rows.push(["passed over", visible(`${it.target}: ${it.why}`)])
  if (dropped.length > 0) rows.push(["left out", visible(dropped.join(", "))])
  if (model.usage !== undefined) rows.push(["tokens", tokens(model.usage)])
  if (model.cost !== undefined && !isRecalled) rows.push(["cost", cost(model.cost, model.usage === undefined)])
  if (cache !== undefined) rows.push(["cache", CACHE[cache] ?? visible(cache)])
  return columns(
    // What several lines have alike is said once.
    rows.map(([label, told], i) => [style.dim(label === rows[i - 1]?.[0] ? "" : label), told]),
    "  ",
  )
}

/** Parts of `input` and of `output`, as they are told behind them. */
const PARTS = {
  input: { cachedInput: "cached", cacheWrite: "written to the provider's cache", audioInput: "of audio" },
  output: { reasoning: "of reasoning", audioOutput: "of audio" },
} as const

function tokens(usage: Readonly<Record<string, number>>): string {
  const side = (name: "input" | "output", word: string): string => {
    const parts = Object.entries(PARTS[name]).flatMap(([part, of]) => {
      const count = usage[part] ?? 0
      return count === 0 ? [] : [`${count} ${of}`]
    })
    return `${usage[name] ?? 0} ${word}${parts.length === 0 ? "" : ` (${parts.join(", ")})`}`
  }
  return `${side("input", "in")}, ${side("output", "out")}`
}

const cost = (nanos: number, isEstimate: boolean): string =>
  `$${dollars(nanoUsd(nanos))}${isEstimate ? ", by estimate: the provider did not tell what was used" : ""}`

const CACHE: Readonly<Record<string, string>> = {
  hit: "the answer to the same request was given again",
  near: "the answer to a similar question was given again",
  stored: "the answer was kept for the next such request",
}
