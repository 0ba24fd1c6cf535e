import { isOfGuardrail } from "../management/assumptions.ts"
import type { Answer } from "../management/simulation.ts"
import { renderAdvice, renderShortReason, renderVerified } from "./render-explanation.ts"
import type { Style } from "./style.ts"

/** The option of `simulate` that tells a fact. */
const TOLD_BY: Readonly<Record<string, string>> = {
  "request.method": "--method",
  "request.path": "--path",
  "request.host": "--host",
  "client.address": "--address",
  "body.length": "--length",
  "key.place": "--key-name or --no-key",
  "key.status": "--key-name",
  "key.scopes": "--key-name",
  "model.name": "--model",
  "model.body": "--model",
  "model.length": "--model",
}

/** Whether it would pass: all that would stop it, and once for the whole request what would help. */
export function renderAnswer({ verdict, blockers, unknown, assumed }: Answer, style: Style): string {
  const parts = [SAID[verdict](blockers.length, style)]
  for (const blocker of blockers) parts.push(renderShortReason(blocker, style))
  const [first] = blockers
  if (first !== undefined) {
    const verified = renderVerified(first, "would let it pass", style)
    if (verified !== "") parts.push(verified)
    parts.push(renderAdvice(blockers, style))
  }
  const notes: string[] = []
  if (unknown.length > 0) notes.push(`Not told, and able to refuse it still: ${unknown.map(named).join(", ")}.`)
  const counted = assumed.filter((it) => !isOfGuardrail(it))
  if (counted.length > 0)
    notes.push(`Assumed to be a first request, as nothing is counted here: ${counted.join(", ")}.`)
  const said = assumed.filter(isOfGuardrail)
  if (said.length > 0) notes.push(`Assumed to say nothing that a guardrail looks for: ${said.join(", ")}.`)
  if (notes.length > 0) parts.push(notes.join("\n"))
  return `${parts.join("\n\n")}\n`
}

const SAID: Readonly<Record<Answer["verdict"], (reasons: number, style: Style) => string>> = {
  permit: (_, style) => style.good("It would pass."),
  undetermined: () => "It depends: nothing that was told would stop it, and not all was told.",
  deny: (reasons, style) => style.bad(`It would be refused${reasons > 1 ? `, for ${reasons} reasons` : ""}.`),
}

const named = (fact: string): string => (TOLD_BY[fact] === undefined ? fact : `${fact} (${TOLD_BY[fact]})`)
