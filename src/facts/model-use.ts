import { readFact } from "../decision/fact.ts"
import { UNKNOWN } from "../decision/value.ts"
import type { Booking } from "../ports/ledger.ts"
import { dollars, type NanoUsd, nanoUsd } from "../ports/money.ts"
import type { World } from "./world.ts"

/** Tokens that a call takes, by estimate: of its prompt, and the most that its answer may have. */
export const modelTokens = readFact({
  name: "model.tokens",
  since: "content",
  party: "caller",
  shownTo: "anonymous",
  read: ({ modelCall }: World) =>
    modelCall === undefined ? UNKNOWN : modelCall.estimate.inputTokens + modelCall.estimate.outputTokens,
})

/** What a call may cost, by estimate; in dollars. */
export const modelDollars = readFact({
  name: "model.dollars",
  since: "content",
  party: "caller",
  shownTo: "owner",
  read: ({ modelCall }: World) => (modelCall === undefined ? UNKNOWN : dollars(modelCall.estimate.cost)),
})

/** Milliseconds; begins with the first call in it. */
export const MINUTE = 60_000

/** What a call took, and what it has to be put right by once it is over. */
interface Use {
  readonly tokens: { readonly partition: string; readonly units: number }[]
  booking: BookedCall | undefined
}

/** A call on its accounts. `lines`: by the fact that asks for one. */
export interface BookedCall {
  readonly booking: Booking
  readonly estimate: NanoUsd
  readonly lines: ReadonlyMap<string, number>
}

/** By request: what was taken has to be given back as it was taken, whatever has become of the limits since. */
const USES = new WeakMap<World, Use>()

/** Undefined for a request that has taken nothing, or that was settled. */
export const useOf = (world: World): Use | undefined => USES.get(world)

export function beginUse(world: World): Use {
  const known = USES.get(world)
  if (known !== undefined) return known
  const use: Use = { tokens: [], booking: undefined }
  USES.set(world, use)
  return use
}

/** What a model call took in truth. */
export interface ActualUse {
  readonly cost: NanoUsd
  readonly inputTokens: number
  readonly outputTokens: number
}

/** What was not answered by anyone cost nothing. */
export const NO_USE: ActualUse = { cost: nanoUsd(0), inputTokens: 0, outputTokens: 0 }

/**
 * Puts a call's estimates right, once, when it is over; to be called for every call that was permitted. A second time does
 * nothing, and neither does giving back afterwards. @throws StoreFault where the ledger cannot be written; the call then
 * stays reserved, and is settled at its estimate later.
 */
export function settleCall(world: World, { cost, inputTokens, outputTokens }: ActualUse): void {
  const use = USES.get(world)
  if (use === undefined) return
  USES.delete(world)
  for (const { partition, units } of use.tokens)
    world.meter.settle(partition, MINUTE, world.now, inputTokens + outputTokens - units)
  if (use.booking?.booking.held === true) world.ledger.settle(world.decision, cost)
}
