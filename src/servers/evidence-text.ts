import { type Evidence, isKnown } from "../decision/evidence.ts"

/** One comparison that did not hold, as a person is told it: `client.address: 192.0.2.7 is not in 10.0.0.0/8`. */
export function saidOf(evidence: Evidence): string {
  const { fact, observed, relation, required } = evidence
  const areRead = isKnown(evidence) && typeof observed !== "symbol" && typeof required !== "symbol"
  return `${fact.name}: ${areRead ? relation.say(observed, required) : "it could not be read"}`
}
