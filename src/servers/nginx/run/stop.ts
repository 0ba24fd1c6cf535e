import type { Cause } from "../../../decision/cause.ts"
import type { Check, Clause } from "../../../decision/check.ts"
import type { Denial } from "../../../decision/decide.ts"
import type { Source } from "../../../decision/source.ts"
import { Gates } from "../../gates.ts"
import type { Handler } from "../../judgement.ts"
import { Unknowable } from "../values/unknowable.ts"
import type { Exchange } from "./exchange.ts"

/** How one phase ends a request's way, or sends it on another. */
export type Stop =
  /** nginx answers with a page of its own, or with an error page where one is told for the status. */
  | {
      readonly kind: "status"
      readonly status: number
      readonly refusal: Refusal | undefined
      readonly by: Handler
      readonly at: Source | undefined
      /** The answer is sent with its body as it is; no error page is looked for. */
      readonly isSent?: true
    }
  | { readonly kind: "sent"; readonly status: number; readonly by: Handler; readonly at: Source | undefined }
  | { readonly kind: "relayed"; readonly to: string; readonly at: Source }
  | { readonly kind: "elsewhere"; readonly path: string; readonly args: string }
  | { readonly kind: "named"; readonly name: string; readonly at: Source }

export type Refused = Extract<Stop, { kind: "status" }>

export interface Refusal {
  readonly denial: Denial<Exchange>
  readonly isLogged: boolean
}

const evaluator = new Gates<Exchange>()

/** Gates made once for the place they stand at, so that their plans are made once. */
const known = new WeakMap<object, Map<string, readonly Clause<Exchange>[]>>()
/** Of places whose gates depend on the path asked for. */
const MOST_KNOWN = 500

/** One gate: at least one of the checks must hold. `owner` and `name` say which it is; `make` is asked once for them. */
export const gateAt = (
  owner: object,
  name: string,
  make: () => { readonly cause: Cause; readonly anyOf: Clause<Exchange>["anyOf"] },
): readonly Clause<Exchange>[] =>
  gatesAt(owner, name, () => {
    const { cause, anyOf } = make()
    return [{ stage: "access", cause, anyOf, whenUnknown: { deny: cause } }]
  })

/** The same for several, one after the other. */
export function gatesAt(
  owner: object,
  name: string,
  make: () => readonly Clause<Exchange>[],
): readonly Clause<Exchange>[] {
  const own = known.get(owner) ?? new Map<string, readonly Clause<Exchange>[]>()
  known.set(owner, own)
  const before = own.get(name)
  if (before !== undefined) return before
  const gates = make()
  if (own.size >= MOST_KNOWN) own.clear()
  own.set(name, gates)
  return gates
}

/** Undefined where all gates hold. */
export function decideAt(
  exchange: Exchange,
  gates: readonly Clause<Exchange>[],
  status: number,
  isLogged: boolean,
): Refused | undefined {
  const verdict = evaluator.decide(gates, exchange)
  if (verdict.kind !== "deny") return undefined
  exchange.refused ??= { settings: exchange.settings, path: exchange.path }
  return {
    kind: "status",
    status,
    refusal: { denial: verdict, isLogged },
    by: "return",
    at: verdict.evidence[0].source,
  }
}

/** For gates of which it is known that one does not hold. @throws Unknowable where all do. */
export function refuseAt(
  exchange: Exchange,
  gates: readonly Clause<Exchange>[],
  status: number,
  isLogged: boolean,
): Refused {
  const stop = decideAt(exchange, gates, status, isLogged)
  if (stop !== undefined) return stop
  // Never a refusal without its evidence: where the two differ, it is not known why.
  const [first] = gates[0]?.anyOf ?? []
  throw new Unknowable({
    what: "what refuses here",
    why: "the server would refuse, and the line that stands for it would not",
    ...(first === undefined ? {} : { at: first.requirement.source }),
  })
}

export type AnyCheck = Check<Exchange>
