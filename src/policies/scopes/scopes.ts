import { z } from "zod"
import { accessScopeMissing } from "../../causes/access/scope-missing.ts"
import { internalUnreadable } from "../../causes/internal/unreadable.ts"
import { check, written } from "../../decision/check.ts"
import { includesAll } from "../../decision/relations.ts"
import { METHOD, type Method } from "../../facts/methods.ts"
import type { Policy } from "../policy.ts"

/** RFC 6749 §3.3. */
export const scope = z
  .string()
  .regex(
    /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/,
    "a scope: printable ASCII without blanks, quotation marks and backslashes",
  )

const options = z
  .partialRecord(z.union([METHOD, z.literal("*")]), z.array(scope).readonly())
  .describe("By method, the scopes a key must hold, all of them. `*` is for methods not listed.")
  .readonly()

/** Asks a key for scopes, by method. */
export const scopes: Policy<z.output<typeof options>> = {
  name: "scopes",
  summary: "Asks for scopes by method, `*` for methods not listed; a key must hold all that are listed.",
  options,
  clauses: (byMethod, { method, identity, sourceAt, refuse }) => {
    if (identity === undefined) {
      refuse([], "scopes are asked for, but no key is", "add `key-auth: {}` before it")
      return []
    }
    const key = keyFor(method, byMethod)
    const needed = byMethod[key]
    if (needed === undefined) {
      refuse(
        [],
        `scopes says nothing of ${method}, which a route takes`,
        `add \`${method}: []\` to ask for none, or take ${method} from the route's methods`,
      )
      return []
    }
    return [
      {
        stage: "access",
        cause: accessScopeMissing,
        anyOf: [check(identity.scopes, includesAll, written(needed, sourceAt([key]), "owner"))],
        whenUnknown: { deny: internalUnreadable },
      },
    ]
  },
}

/** A HEAD is a GET without the body (RFC 9110 §9.3.2), so it needs what a GET needs unless it is listed itself. */
function keyFor(method: Method, byMethod: z.output<typeof options>): Method | "*" {
  if (byMethod[method] !== undefined) return method
  return method === "HEAD" && byMethod.GET !== undefined ? "GET" : "*"
}
