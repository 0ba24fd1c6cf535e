import { isOfKey, mayPass, mayPassElsewhere, type ProviderFaultCode } from "../../models/provider-fault.ts"
import type { Health } from "../../models/routing/health.ts"
import type { AskedModel } from "./asked-model.ts"
import type { Attempt } from "./attempt.ts"
import type { Failure } from "./failure.ts"

/** What is done after a failure. `after`: milliseconds. */
export type Step =
  | { readonly kind: "again"; readonly after: number }
  | { readonly kind: "next"; readonly after: number }
  | { readonly kind: "give-up" }

/** Before the first repetition; doubled with each, so that a provider in trouble is not hammered. */
const FIRST_PAUSE = 100
/** A caller is not kept waiting longer than this for a pause the provider asks for. */
const LONGEST_PAUSE = 2_000

/** `tries`: made of this target; `others`: targets not tried yet. */
export function afterFailure(
  { target }: Attempt,
  failure: Failure,
  tries: number,
  others: number,
  { served }: AskedModel,
  health: Health,
  now: number,
): Step {
  const code = failure.kind === "provider" ? failure.fault.code : undefined
  const retries = served?.retries ?? 0
  // Another key of the pool may do at once; it counts as no repetition, as nobody is asked twice.
  if (code !== undefined && isOfKey(code) && tries <= target.keys.length - 1 && hasFreshKey(target.keys, health, now))
    return { kind: "again", after: 0 }
  const asked = failure.kind === "provider" ? failure.fault.retryAfter : undefined
  const pause = asked ?? FIRST_PAUSE * 2 ** (tries - 1)
  if (tries <= retries && isWorthRepeating(failure) && pause <= LONGEST_PAUSE && (others === 0 || asked === undefined))
    return { kind: "again", after: pause }
  if (others > 0 && (code === undefined || mayPassElsewhere(code))) return { kind: "next", after: 0 }
  return { kind: "give-up" }
}

const hasFreshKey = (keys: Attempt["target"]["keys"], health: Health, now: number): boolean =>
  keys.some(({ id }) => health.rests(id, now) === 0)

/** What took too long already is not begun again: the caller waits. */
function isWorthRepeating(failure: Failure): boolean {
  switch (failure.kind) {
    case "upstream":
      return failure.fault.code !== "timeout" && failure.fault.code !== "connect-timeout"
    case "provider":
      return failure.fault.code === "rate-limited" || (mayPass(failure.fault.code) && failure.fault.code !== "too-slow")
  }
}

/** Lets whoever failed rest: the key where it is the key's, else the target; nobody for what is wrong with the request. */
export function noteFailure({ target, key }: Attempt, failure: Failure, health: Health, now: number): void {
  if (failure.kind === "upstream") {
    health.failed(target.id, "failed", undefined, now)
    return
  }
  const { code, retryAfter } = failure.fault
  if (!rests(code)) return
  health.failed(isOfKey(code) && key !== undefined ? key.id : target.id, code, retryAfter, now)
}

function rests(code: ProviderFaultCode): boolean {
  return mayPassElsewhere(code) && code !== "model-unknown" && code !== "forbidden"
}
