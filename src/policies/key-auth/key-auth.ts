import { z } from "zod"
import { identityKeyInvalid } from "../../causes/identity/key-invalid.ts"
import { identityKeyMissing } from "../../causes/identity/key-missing.ts"
import { internalUnreadable } from "../../causes/internal/unreadable.ts"
import { check, following } from "../../decision/check.ts"
import { equals, present } from "../../decision/relations.ts"
import { DEFAULT_PLACES, placesName } from "../../facts/identity.ts"
import type { CredentialPlace } from "../../facts/world.ts"
import type { Policy } from "../policy.ts"

const options = z
  .strictObject({
    headers: z
      .array(z.string().regex(/^[A-Za-z0-9-]+$/, "a field's name: letters, digits and hyphens"))
      .describe("Fields that hold the key itself.")
      .optional(),
    bearer: z.boolean().describe("Whether `Authorization: Bearer` is read.").optional(),
  })
  .readonly()
type Options = z.output<typeof options>

/** Asks for a key. That none was sent and that it opens nothing are two causes; whether it once did is not told to callers. */
export const keyAuth: Policy<Options> = {
  name: "key-auth",
  summary: "Asks for a key, in `X-API-Key` or `Authorization: Bearer` unless told otherwise.",
  options,
  places,
  clauses: (_, { identity, sourceAt }) => {
    if (identity === undefined) throw new Error("key-auth was planned on a track without its own facts")
    const source = sourceAt([])
    return [
      {
        stage: "identity",
        cause: identityKeyMissing,
        anyOf: [check(identity.credential, present, following(placesName(identity.places), source, "anonymous"))],
        whenUnknown: { deny: internalUnreadable },
      },
      {
        stage: "identity",
        cause: identityKeyInvalid,
        anyOf: [check(identity.status, equals, following("active", source, "operator"))],
        whenUnknown: { deny: internalUnreadable },
      },
    ]
  },
}

function places({ headers, bearer }: Options): readonly CredentialPlace[] {
  if (headers === undefined && bearer === undefined) return DEFAULT_PLACES
  const named = (headers ?? []).map((name) => ({ kind: "header", name }) as const)
  return bearer === false ? named : [...named, { kind: "bearer" }]
}
