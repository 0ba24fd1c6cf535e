import { bodyLimit } from "./body-limit/body-limit.ts"
import { ipAllow } from "./ip-allow/ip-allow.ts"
import { within } from "./ip-allow/within.ts"
import { keyAuth } from "./key-auth/key-auth.ts"
import { rateLimit } from "./rate-limit/rate-limit.ts"
import { scopes } from "./scopes/scopes.ts"

/** Every policy, in the order documentation lists them. */
export const POLICIES = [ipAllow, keyAuth, scopes, rateLimit, bodyLimit] as const

/** Relations that policies add to those of the core. */
export const POLICY_RELATIONS = [within] as const
