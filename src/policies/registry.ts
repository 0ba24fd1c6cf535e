import { bodyLimit } from "./body-limit/body-limit.ts"
import { ipAllow } from "./ip-allow/ip-allow.ts"
import { within } from "./ip-allow/within.ts"
import { keyAuth } from "./key-auth/key-auth.ts"
import { type OfferedPolicy, offer } from "./policy.ts"
import { rateLimit } from "./rate-limit/rate-limit.ts"
import { scopes } from "./scopes/scopes.ts"

/** Every policy, in the order documentation lists them. */
export const POLICIES: readonly OfferedPolicy[] = [
  offer(ipAllow),
  offer(keyAuth),
  offer(scopes),
  offer(rateLimit),
  offer(bodyLimit),
]

/** Relations that policies add to those of the core. */
export const POLICY_RELATIONS = [within] as const
