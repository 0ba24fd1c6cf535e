import ipaddr from "ipaddr.js"
import { z } from "zod"
import { quotaRequestsSpent } from "../../causes/quota/requests-spent.ts"
import { quotaUnreadable } from "../../causes/quota/unreadable.ts"
import { check, written } from "../../decision/check.ts"
import { atMost } from "../../decision/relations.ts"
import { requestsUsed } from "../../facts/quota.ts"
import type { World } from "../../facts/world.ts"
import { wholeNumber } from "../../text/units.ts"
import type { Policy, PolicyContext } from "../policy.ts"

const WINDOWS = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const

const options = z
  .strictObject({
    requests: wholeNumber.describe("How many are allowed in a window."),
    per: z.enum(["second", "minute", "hour", "day"]).describe("The window, which begins with the first request in it."),
    by: z
      .enum(["key", "address", "service"])
      .describe("Whom to count apart; an IPv6 address by its network, /64.")
      .default("key"),
  })
  .readonly()
type Options = z.output<typeof options>

/** Bounds requests in a window. A request that is refused for any reason is not counted. */
export const rateLimit: Policy<Options> = {
  name: "rate-limit",
  summary: "Allows a number of requests in a window, counted by key, by address or for all together.",
  options,
  clauses: ({ requests, per, by }, context) => {
    if (by === "key" && context.identity === undefined) {
      context.refuse(
        ["by"],
        "requests are counted by key, but no key is asked for",
        "add `key-auth: {}`, or count `by: address`",
      )
      return []
    }
    const used = requestsUsed({
      id: context.id,
      requests,
      windowMs: WINDOWS[per],
      name: `requests-per-${per}-by-${by}${context.ordinal === 0 ? "" : `-${context.ordinal + 1}`}`,
      pooled: by === "service",
      partition: (world) => partition(by, context, world),
    })
    return [
      {
        stage: "quota",
        cause: quotaRequestsSpent,
        anyOf: [check(used, atMost, written(requests, context.sourceAt(["requests"]), "anonymous"))],
        // Uncounted requests would make the limit a suggestion.
        whenUnknown: { deny: quotaUnreadable },
      },
    ]
  },
}

function partition(by: Options["by"], { identity }: PolicyContext, world: World): string | undefined {
  switch (by) {
    case "service":
      return ""
    case "address":
      return subscriberOf(world.address)
    case "key": {
      const known = identity === undefined ? undefined : world.identify(identity.places)
      return known?.kind === "known" ? known.key.name : undefined
    }
  }
}

/**
 * An IPv6 subscriber has 2^64 addresses at least (RFC 6177), so that by address there would be no limit for one, and one
 * could fill the counters that all share.
 */
function subscriberOf(address: string): string {
  if (!address.includes(":") || !ipaddr.isValid(address)) return address
  const ip = ipaddr.process(address)
  return "parts" in ip ? `${ip.parts.slice(0, 4).join(":")}/64` : ip.toString()
}
