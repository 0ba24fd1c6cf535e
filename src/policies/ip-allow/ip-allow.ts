import { z } from "zod"
import { edgeAddressNotAllowed } from "../../causes/edge/address-not-allowed.ts"
import { internalUnreadable } from "../../causes/internal/unreadable.ts"
import { check, written } from "../../decision/check.ts"
import { clientAddress } from "../../facts/request.ts"
import { cidr } from "../../text/units.ts"
import type { Policy } from "../policy.ts"
import { within } from "./within.ts"

/** Accepts callers from listed networks only. The list is the operator's to see: it tells how the network is built. */
export const ipAllow: Policy<readonly string[]> = {
  name: "ip-allow",
  summary: "Accepts callers from these networks only (CIDR, IPv4 or IPv6).",
  options: z.array(cidr).min(1).readonly(),
  clauses: (networks, { sourceAt }) => [
    {
      stage: "edge",
      cause: edgeAddressNotAllowed,
      anyOf: [check(clientAddress, within, written(networks, sourceAt([]), "operator"))],
      whenUnknown: { deny: internalUnreadable },
    },
  ],
}
