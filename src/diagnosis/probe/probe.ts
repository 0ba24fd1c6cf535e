import { cleared, type Terms } from "./allowed.ts"
import { type Belief, choose, update } from "./choose.ts"
import type { ProbeAnswer, ProbeRequest, Send } from "./probe-request.ts"
import { type Variant, variants } from "./variant.ts"

/** One request that was sent, or would be. */
export interface Step {
  readonly variant: Variant
  /** As it goes out: without what may not be sent. */
  readonly request: ProbeRequest
  readonly leftOut: readonly string[]
  /** Expected information, in bits. */
  readonly bits: number
  /** Absent in a dry run. */
  readonly answer?: ProbeAnswer
  /** Why no answer came. */
  readonly fault?: string
}

export interface Probed {
  readonly steps: readonly Step[]
  readonly belief: Belief
  /** What may not be sent, and why. */
  readonly withheld: readonly { readonly does: string; readonly why: string }[]
}

/** What would be sent, in the order of what it would tell were nothing learned on the way. Sends nothing. */
export function dryRun(given: ProbeRequest, belief: Belief, terms: Terms): Probed {
  const { may, withheld } = sorted(given, terms)
  const steps: Step[] = []
  for (let left = may.map((it) => it.variant); steps.length < terms.budget; ) {
    const best = choose(belief, left)
    const found = may.find((it) => it.variant === best?.variant)
    if (best === undefined || found === undefined) break
    steps.push({ ...found, bits: best.bits })
    left = left.filter((it) => it !== best.variant)
  }
  return { steps, belief, withheld }
}

/**
 * Sends the given request, then one variant after another, each the one that tells most by what is believed by then. Ends with
 * the budget, or when none would tell anything, or at once when the given request is not refused any more.
 */
export async function probe(
  given: ProbeRequest,
  prior: Belief,
  terms: Terms,
  send: Send,
  onStep: (step: Step) => void,
): Promise<Probed> {
  const { may, withheld } = sorted(given, terms)
  const steps: Step[] = []
  let belief = prior
  let left = may.map((it) => it.variant)
  let next: { readonly variant: Variant; readonly bits: number } | undefined = first(left, prior)
  while (next !== undefined && steps.length < terms.budget) {
    const found = may.find((it) => it.variant === next?.variant)
    if (found === undefined) break
    const step = await sent({ ...found, bits: next.bits }, send)
    steps.push(step)
    onStep(step)
    left = left.filter((it) => it !== step.variant)
    if (step.variant.variable === "as given" && step.answer?.status !== 403) break
    if (step.answer !== undefined && step.variant.variable !== "as given")
      belief = update(belief, step.variant.variable, step.answer.status !== 403)
    next = choose(belief, left)
  }
  return { steps, belief, withheld }
}

/** The request as it is comes first where it may be sent: a refusal that is gone needs no search. */
function first(left: readonly Variant[], belief: Belief) {
  const asGiven = left.find((it) => it.variable === "as given")
  return asGiven === undefined ? choose(belief, left) : { variant: asGiven, bits: 0 }
}

async function sent(step: Step, send: Send): Promise<Step> {
  try {
    return { ...step, answer: await send(step.request) }
  } catch (error) {
    return { ...step, fault: error instanceof Error ? error.message : String(error) }
  }
}

function sorted(given: ProbeRequest, terms: Terms) {
  const may: Pick<Step, "variant" | "request" | "leftOut">[] = []
  const withheld: { does: string; why: string }[] = []
  for (const variant of variants(given)) {
    const answer = cleared(variant.request, terms)
    if (answer.kind === "may") may.push({ variant, request: answer.request, leftOut: answer.leftOut })
    else withheld.push({ does: variant.does, why: answer.why })
  }
  return { may, withheld }
}
