import type { Explanation } from "../decision/explain.ts"
import { fixes } from "../decision/fixes.ts"

/** Where the page of a cause is, on the gateway itself: whoever got the refusal can read it. */
export const CAUSE_PAGES = "/.well-known/pinpoint/causes/"

/** A refusal as a problem document (RFC 9457), with the facts of the refusal as extension members. */
export function problem(explanation: Explanation, decision: string): string {
  const { cause, status, title, detail, stage, evidence, near, revision, track } = explanation
  return JSON.stringify({
    type: CAUSE_PAGES + cause,
    title,
    status,
    detail,
    instance: `urn:uuid:${decision}`,
    cause,
    stage,
    decision,
    evidence,
    ...(near.length === 0 ? {} : { near }),
    fix: fixes(explanation),
    ...(revision === undefined ? {} : { revision, track }),
  })
}
