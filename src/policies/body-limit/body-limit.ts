import type { z } from "zod"
import { contentBodyTooLarge } from "../../causes/content/body-too-large.ts"
import { internalUnreadable } from "../../causes/internal/unreadable.ts"
import { check, written } from "../../decision/check.ts"
import { atMost } from "../../decision/relations.ts"
import { declaredLength, receivedLength } from "../../facts/request.ts"
import { byteSize } from "../../text/units.ts"
import type { Policy } from "../policy.ts"

/** Bounds the body: by what is announced, and by what comes, since a body in chunks announces nothing. */
export const bodyLimit: Policy<z.output<typeof byteSize>> = {
  name: "body-limit",
  summary: "The largest body accepted: `1MiB`, `512KB` or a number of bytes.",
  options: byteSize,
  clauses: (bytes, { sourceAt }) => [
    {
      stage: "content",
      cause: contentBodyTooLarge,
      anyOf: [check(declaredLength, atMost, written(bytes, sourceAt([]), "anonymous"))],
      // A body in chunks is judged by the clause below, as it comes.
      whenUnknown: "allow",
    },
    {
      stage: "body",
      cause: contentBodyTooLarge,
      anyOf: [check(receivedLength, atMost, written(bytes, sourceAt([]), "anonymous"))],
      whenUnknown: { deny: internalUnreadable },
    },
  ],
}
