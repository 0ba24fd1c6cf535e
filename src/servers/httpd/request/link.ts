import { check, following } from "../../../decision/check.ts"
import { absent } from "../../../decision/relations.ts"
import type { Source } from "../../../decision/source.ts"
import { apacheSymlink } from "../../../foreign/apache/symlink.ts"
import { isSame } from "../../files/rights.ts"
import type { Entry } from "../../files/tree.ts"
import { fromBytes } from "../../values/bytes.ts"
import { grantedOptions, optionsFact, seenOptions } from "../access/options-gate.ts"
import { sameOwner } from "../access/relations.ts"
import { Facts } from "../access/world.ts"
import type { Options } from "../settings/options.ts"
import { foundOf, unsure } from "./directory-walk.ts"
import { BUILT_IN, type Exchange } from "./exchange.ts"
import { type Halt, unknown } from "./halt.ts"
import type { Found, Running } from "./running.ts"

const ABOUT = { cause: apacheSymlink, status: 403, code: "AH00037" }

/** Where a link leads, or the refusal to go there (server/request.c `resolve_symlink`). */
export function resolveLink(
  exchange: Exchange,
  running: Running,
  path: string,
  link: Entry,
  options: Options,
  source: Source | undefined,
): Found | Halt {
  const isOwnerAsked = options.has("SymLinksIfOwnerMatch")
  if (!isOwnerAsked && !options.has("FollowSymLinks")) {
    const seen = seenOptions(options, source)
    const needed = following(["FollowSymLinks"], source ?? BUILT_IN, "operator")
    return exchange.barred(running, [check(optionsFact, grantedOptions, needed)], ABOUT, seen)
  }
  const walked = exchange.walk(path, "exists")
  if (walked.kind === "unsure") return unsure(walked)
  if (walked.kind === "failed") return broken(exchange, running, path, link, walked.error)
  if (!isOwnerAsked) return foundOf(walked.entry)
  const isOwn = walked.entry.user === "unknown" ? undefined : isSame(link.user, walked.entry.user)
  if (isOwn === undefined)
    return unknown(`who owns ${fromBytes(path)} and what it leads to`, "SymLinksIfOwnerMatch", source)
  if (isOwn) return foundOf(walked.entry)
  const owner = new Facts().seen(`link.owner ${fromBytes(path)}`)
  const seen = new Map([[owner.name, { value: String(link.user), source: link.source }]])
  const needed = following(String(walked.entry.user), source ?? BUILT_IN, "operator")
  return exchange.barred(running, [check(owner, sameOwner, needed)], ABOUT, seen)
}

function broken(exchange: Exchange, running: Running, path: string, link: Entry, error: string): Halt {
  const fact = new Facts().seen(`link.fault ${fromBytes(path)}`)
  const seen = new Map([[fact.name, { value: `${fromBytes(path)} leads nowhere that can be reached: ${error}` }]])
  const checks = [check(fact, absent, following(null, link.source, "operator"))] as const
  return exchange.barred(running, checks, ABOUT, seen)
}
