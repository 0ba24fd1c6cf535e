import { causeOf } from "../../causes/catalogue.ts"
import type { DocumentedCause } from "../../causes/cause.ts"
import type { Exhibit, Exhibits } from "../../exhibits/exhibits.ts"
import { below, jsonOf, wordBelow } from "../../exhibits/json.ts"
import { type ForeignCause, foreignCause } from "../../foreign/cause.ts"
import type { Finding, Judged } from "../finding.ts"
import { proofOf } from "../proof.ts"

/** A refusal by a gateway of this kind says itself why: with it the cause, as one that can be ranked among others. */
export interface OwnRefusal {
  readonly cause: ForeignCause
  readonly judged: Judged
}

const FIELD = /^pinpoint-cause:[ \t]*([a-z-]{1,40}\/[a-z-]{1,60})[ \t]*$/im
const PAGE = /\/\.well-known\/pinpoint\/causes\/([a-z-]{1,40}\/[a-z-]{1,60})/

export function ownRefusal(exhibits: Exhibits): OwnRefusal | undefined {
  const seen = seenIn(exhibits.of.headers, FIELD) ?? seenIn(exhibits.of.body, PAGE)
  const cause = causeOf(seen?.code ?? "")
  if (seen === undefined || cause === undefined) return undefined
  const proof = proofOf({ from: seen.from, quote: seen.quote }, "the gateway names the cause itself", exhibits)
  const fix = fixTold(exhibits)
  const finding: Finding = { code: cause.code, weight: "proof", proofs: [proof], ...(fix === undefined ? {} : { fix }) }
  return { cause: ranked(cause), judged: { findings: [finding], excluded: [], needs: [] } }
}

function seenIn(exhibits: readonly Exhibit[], pattern: RegExp) {
  for (const { from, text } of exhibits) {
    const found = pattern.exec(text)
    if (found !== null) return { from, quote: found[0], code: found[1] ?? "" }
  }
  return undefined
}

/** The first fix of the answer: verified ones come first. */
function fixTold({ of: { body } }: Exhibits): Finding["fix"] {
  for (const { text } of body) {
    const fixes = below(jsonOf(text), "fix")
    const [first] = Array.isArray(fixes) ? fixes : []
    const by = wordBelow(first, "by")
    const change = wordBelow(first, "does")
    if (change === undefined || (by !== "caller" && by !== "owner" && by !== "operator")) continue
    const admits =
      by === "operator"
        ? "whoever meets the changed rule; `pinpoint explain` with the decision's id names them"
        : "nobody else"
    return { by, change, admits, isVerified: below(first, "verified") === true }
  }
  return undefined
}

function ranked({ code, status, title, why, fix }: DocumentedCause): ForeignCause {
  const [first, ...rest] = fix
  const withReach = (it: typeof first) => ({
    ...it,
    admits: it.by === "operator" ? "whoever meets the changed rule" : "nobody else",
  })
  return foreignCause({
    code,
    status,
    title,
    why,
    emitter: "pinpoint",
    fix: [withReach(first), ...rest.map(withReach)],
    sources: [`docs/causes/${code}.md`],
    clues: [],
  })
}
