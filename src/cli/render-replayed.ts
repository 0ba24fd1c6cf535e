import { lineOf } from "../decision/source.ts"
import { factOf, type Replayed } from "../management/replayed.ts"
import type { UpstreamRefusal } from "../ports/records.ts"
import { visible } from "../text/excerpt.ts"
import { quote } from "./quote.ts"
import { quotedAs, renderExplanation } from "./render-explanation.ts"
import { renderModel } from "./render-model.ts"
import { renderStages } from "./render-stages.ts"
import type { Style } from "./style.ts"

/** A kept decision for a person: what it was about, the stages it met, and for a refusal why and what to do. `inForce`: the newest plan's revision. */
export function renderReplayed(told: Replayed, inForce: string | undefined, style: Style): string {
  const { record, stages, explanation } = told
  const parts = [`${headline(told, style)}\n`, renderStages(stages, style)]
  if (record.model !== undefined) parts.push(`\n${renderModel(record.model, style)}`)
  if (record.upstreamStatus !== undefined)
    parts.push(`\nThe gateway let it pass, and the upstream answered ${record.upstreamStatus}.`)
  if (record.upstreamRefusal !== undefined) parts.push(refusalOf(record.upstreamRefusal, style))
  if (explanation !== undefined) parts.push(`\n${renderExplanation(explanation, style, quotations(told, style))}`)
  return `${[...parts, `\n${style.dim(footer(told, inForce))}`].join("\n")}\n`
}

/** Why the upstream refused, as far as its answer tells. */
function refusalOf({ emitter, causes }: UpstreamRefusal, style: Style): string {
  if (causes.length === 0)
    return `Its answer does not say why${emitter === "unknown" ? "" : `; it was written by ${emitter}`}.`
  const lines = [`Its answer was written by ${emitter}. Likely why:`]
  for (const { code, confidence, quotes } of causes) {
    lines.push(`  ${style.bold(code)}  ${style.dim(`${Math.round(confidence * 100)} % sure`)}`)
    for (const it of quotes) lines.push(`    ${visible(it)}`)
  }
  return lines.join("\n")
}

function headline({ record }: Replayed, style: Style): string {
  const about = ["request.method", "request.path"].map((it) => factOf(record, it) ?? "").filter((it) => it !== "")
  const address = factOf(record, "client.address")
  const verdict = record.verdict === "deny" ? style.bad("refused") : style.good("permitted")
  const from = [
    ...(record.key === undefined ? [] : [`key ${visible(record.key)}`]),
    ...(address === undefined ? [] : [`from ${String(address)}`]),
  ]
  const what = about.length === 0 ? "what is no request" : visible(about.join(" "))
  return `${verdict} ${record.status}  ${style.bold(what)}${from.length === 0 ? "" : `  (${from.join(", ")})`}`
}

function quotations({ written, record }: Replayed, style: Style): ReadonlyMap<string, readonly string[]> {
  return new Map(written.map((it) => [quotedAs(it.what, lineOf(it.source)), quote(it, record.at, style)]))
}

function footer({ record }: Replayed, inForce: string | undefined): string {
  const { id, requestId, at, took, frame } = record
  const since = inForce === undefined || inForce === frame.revision ? "" : ` (now in force: ${inForce})`
  const request = requestId === id ? "" : `\nrequest  ${visible(requestId)}`
  return `decision ${id}${request}\ndecided  ${new Date(at).toISOString()} by plan ${frame.revision}${since}; answered after ${took} ms`
}
