import type { Exhibits } from "../../exhibits/exhibits.ts"
import { byRule } from "./by-rule.ts"
import { byScore } from "./by-score.ts"
import { choose } from "./chosen.ts"
import type { Deployment } from "./deployment.ts"
import type { WafFinding } from "./finding.ts"
import { placeOf } from "./place.ts"
import { sayingsIn } from "./sayings.ts"
import { readSettings } from "./settings.ts"
import { transactionsIn } from "./transaction.ts"

/**
 * What lines of ModSecurity or Coraza say about one refused request: likeliest cause first, none where no such line was given.
 *
 * The request asked about is found by its path; without one, the last that was refused is taken. Takes time in proportion to the
 * lines, and beyond 20 contributing rules ends its search for exclusions at a bound, which is then told in `unknown`.
 */
export function diagnoseModsecurity(exhibits: Pick<Exhibits, "events" | "request" | "of">): readonly WafFinding[] {
  const sayings = sayingsIn(exhibits.events)
  if (sayings.length === 0) return []
  const settings = readSettings(exhibits.of.config.map((it) => it.text))
  const chosen = choose(transactionsIn(sayings, settings), exhibits.request)
  if (chosen === undefined) return []
  const { transaction } = chosen
  const { request } = exhibits
  const deployment: Deployment = {
    place: placeOf({
      method: transaction.method ?? request.method,
      target: transaction.target ?? request.target,
      uri: transaction.uri,
    }),
    engine: transaction.engine ?? "modsecurity-2",
    settings,
    taken: new Set([...settings.ids, ...sayings.map((it) => it.message.id)]),
  }
  return transaction.score === undefined ? byRule(chosen, deployment) : byScore(chosen, transaction.score, deployment)
}
