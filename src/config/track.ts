import { mustHaveCause } from "../causes/catalogue.ts"
import { internalFault } from "../causes/internal/fault.ts"
import { internalUnreadable } from "../causes/internal/unreadable.ts"
import { routeMethodNotAllowed } from "../causes/route/method-not-allowed.ts"
import { routeNotFound } from "../causes/route/not-found.ts"
import { type Clause, check, following } from "../decision/check.ts"
import { absent, oneOf, present } from "../decision/relations.ts"
import type { Source } from "../decision/source.ts"
import { gatewayFault, upstreamFaultOf, wireFaultOf } from "../facts/fault.ts"
import { method } from "../facts/request.ts"
import type { RouteFacts } from "../facts/route.ts"
import type { World } from "../facts/world.ts"
import { REQUEST_FAULTS, UPSTREAM_FAULTS } from "../http/fault.ts"

const BUILT_IN: Source = { file: "built in", path: "http" }
const deny = { deny: internalUnreadable }

const WIRE_FAULTS = REQUEST_FAULTS.map((code) => ({ cause: mustHaveCause(`wire/${code}`), fact: wireFaultOf(code) }))
const FAULTS_OF_UPSTREAM = UPSTREAM_FAULTS.map((code) => ({ code, fact: upstreamFaultOf(code) }))

/** What is met by bytes that are no request, and where the gateway fails: one clause per fault, of which one fails. */
export const wireClauses = (): readonly Clause<World>[] =>
  [...WIRE_FAULTS, { cause: internalFault, fact: gatewayFault }].map(({ cause, fact }) => ({
    stage: "wire",
    cause,
    anyOf: [check(fact, absent, following(null, BUILT_IN, fact.shownTo))],
    whenUnknown: deny,
  }))

/** What every request meets: that there is a route for its path, and that it takes the method. */
export const routeClauses = ({ pattern, methods }: RouteFacts, source: Source): readonly Clause<World>[] => [
  {
    stage: "route",
    cause: routeNotFound,
    anyOf: [check(pattern, present, following("a route", source, "anonymous"))],
    whenUnknown: deny,
  },
  {
    stage: "route",
    cause: routeMethodNotAllowed,
    anyOf: [check(method, oneOf, { kind: "fact", fact: methods, source })],
    whenUnknown: deny,
  },
]

/** What a forwarded request meets when its upstream fails. */
export const upstreamClauses = (source: Source): readonly Clause<World>[] =>
  FAULTS_OF_UPSTREAM.map(({ code, fact }) => ({
    stage: "upstream",
    cause: mustHaveCause(`upstream/${code}`),
    anyOf: [check(fact, absent, following(null, source, "operator"))],
    whenUnknown: deny,
  }))
