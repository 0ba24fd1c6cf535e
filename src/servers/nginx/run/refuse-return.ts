import { check, following, written } from "../../../decision/check.ts"
import { equals } from "../../../decision/relations.ts"
import { nginxReturn403 } from "../../../foreign/nginx/return-403.ts"
import { nginxReturn } from "../causes.ts"
import { differs, is, matched, outside, unmatched, untrue } from "../relations.ts"
import type { Branch, Return } from "../settings/script.ts"
import type { Exchange } from "./exchange.ts"
import { fileIsThere, requestPath, variableFact } from "./facts.ts"
import { type AnyCheck, decideAt, gateAt, type Refused, refuseAt } from "./stop.ts"

/** A rule that answers with an error by itself: its condition is the evidence, or else the path it takes. */
export function refuseReturn(exchange: Exchange, operation: Return): Refused {
  const { within, directive, status } = operation
  exchange.seen = { isTrue: within?.condition.kind === "file" ? !within.condition.isNegated : true }
  const cause = status === 403 ? nginxReturn403 : nginxReturn
  const { path, settings } = exchange
  const asWritten =
    within === undefined
      ? gateAt(directive, settings.label, () => ({ cause, anyOf: [outsideOf(exchange, operation)] }))
      : gateAt(directive, within.condition.kind === "equals" ? exchange.fill(within.condition.to) : "", () => ({
          cause,
          anyOf: [failing(exchange, within)],
        }))
  // What was written first may have been changed since, by a rewrite or a `set`: then only the path is left to tell.
  return (
    decideAt(exchange, asWritten, status, false) ??
    refuseAt(
      exchange,
      gateAt(directive, `at ${path}`, () => ({
        cause,
        anyOf: [check(requestPath, differs, following(path, directive.at, "operator"))],
      })),
      status,
      false,
    )
  )
}

/** What would have to be otherwise for a rule without a condition: the path. */
function outsideOf(exchange: Exchange, { directive }: Return): AnyCheck {
  const { label, directive: block } = exchange.settings
  const place = block.name === "location" ? label.slice("location ".length) : ""
  return check(requestPath, outside, following(place === "" ? "/" : place, directive.at, "operator"))
}

/** The condition of an `if`, as what would have to hold for it not to apply. */
function failing(exchange: Exchange, { condition, directive }: Branch): AnyCheck {
  const { at } = directive
  switch (condition.kind) {
    case "true":
      return check(variableFact(condition.name), untrue, following(null, at, "operator"))
    case "equals": {
      const to = exchange.fill(condition.to)
      return check(variableFact(condition.name), condition.isNegated ? equals : differs, following(to, at, "operator"))
    }
    case "matches": {
      const pattern = `${condition.pattern.isCaseless ? "~*" : "~"} ${condition.pattern.written}`
      return condition.isNegated
        ? check(variableFact(condition.name), matched, following(pattern, at, "operator"))
        : check(variableFact(condition.name), unmatched, written(pattern, at, "operator"))
    }
    case "file":
      return check(fileIsThere, is, following(condition.isNegated, at, "operator"))
  }
}
