import { type DerivedFact, derivedFact } from "../decision/fact.ts"
import type { Value } from "../decision/value.ts"
import type { RequestFaultCode, UpstreamFaultCode } from "../http/fault.ts"
import type { ProviderFaultCode } from "../models/provider-fault.ts"
import { providerFault, providerSeen } from "./model.ts"
import { upstreamFault, upstreamSeen, wireFault, wireSeen } from "./request.ts"
import { GATEWAY_FAULT } from "./world.ts"

/** What was seen of one fault of the request's bytes; null when that fault is not there. */
export const wireFaultOf = (code: RequestFaultCode): DerivedFact<string | null> =>
  derivedFact({
    name: `wire.${code}`,
    since: "wire",
    party: "nobody",
    shownTo: "anonymous",
    from: [wireFault, wireSeen],
    derive: (fault: Value, seen: Value) => (fault === code ? String(seen) : null),
  })

/** What the gateway's own fault was; for its operator. */
export const gatewayFault: DerivedFact<string | null> = derivedFact({
  name: "gateway.fault",
  since: "wire",
  party: "nobody",
  shownTo: "operator",
  from: [wireFault, wireSeen],
  derive: (fault: Value, seen: Value) => (fault === GATEWAY_FAULT ? String(seen) : null),
})

/** What was seen of one fault of the upstream. May name hosts behind the gateway. */
export const upstreamFaultOf = (code: UpstreamFaultCode): DerivedFact<string | null> =>
  derivedFact({
    name: `upstream.${code}`,
    since: "upstream",
    party: "nobody",
    shownTo: "operator",
    from: [upstreamFault, upstreamSeen],
    derive: (fault: Value, seen: Value) => (fault === code ? String(seen) : null),
  })

/** Faults that lie with the request, so that its sender is told the provider's words. */
const OF_THE_CALLER: ReadonlySet<ProviderFaultCode> = new Set(["request-refused", "content-refused"])

/** What was seen of one fault of a model's provider. What a provider says of our account is for the operator. */
export const providerFaultOf = (code: ProviderFaultCode): DerivedFact<string | null> =>
  derivedFact({
    name: `provider.${code}`,
    since: "upstream",
    party: "nobody",
    shownTo: OF_THE_CALLER.has(code) ? "anonymous" : "operator",
    from: [providerFault, providerSeen],
    derive: (fault: Value, seen: Value) => (fault === code ? String(seen) : null),
  })
