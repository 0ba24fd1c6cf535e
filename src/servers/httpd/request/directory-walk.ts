import { check, following } from "../../../decision/check.ts"
import { absent } from "../../../decision/relations.ts"
import { apacheMapFail } from "../../../foreign/apache/map-fail.ts"
import { apachePathNotSearchable } from "../../../foreign/apache/path-not-searchable.ts"
import { fileGates } from "../../files/gates.ts"
import type { Entry } from "../../files/tree.ts"
import type { Failed, Unsure } from "../../files/walk.ts"
import { fromBytes } from "../../values/bytes.ts"
import { Facts, type World } from "../access/world.ts"
import { cleanPath } from "../language/path-text.ts"
import { matchesWildcard } from "../language/wildcard.ts"
import { mergeOptions, type Options, optionsOf } from "../settings/options.ts"
import type { OverrideSetting, Section } from "../settings/settings.ts"
import type { Exchange } from "./exchange.ts"
import { type Halt, unknown } from "./halt.ts"
import { readHtaccess } from "./htaccess.ts"
import { resolveLink } from "./link.ts"
import type { Found, Running } from "./running.ts"
import { asMatch, Chain } from "./sections.ts"

/**
 * Goes down to the file: `<Directory>` and `.htaccess` of each directory on the way, links, and whether httpd can get there
 * at all (server/request.c `ap_directory_walk`). Leaves what was found, and the path behind it, in the request.
 */
export function walkDirectories(exchange: Exchange, running: Running): Halt | undefined {
  const whole = cleanPath(running.filename ?? "")
  const found = statWhole(exchange, whole)
  if (isHalt(found)) return found
  running.found = found
  const descent = new Descent(exchange, running, whole)
  const halt = descent.go() ?? descent.walkPatterns()
  if (halt !== undefined) return halt
  descent.chain.finish(running)
  return undefined
}

const isHalt = (it: Found | Halt): it is Halt => typeof it !== "string"

/** What the whole path leads to; nothing where any error comes up, which the descent then looks into. */
function statWhole(exchange: Exchange, path: string): Found | Halt {
  const walked = exchange.walk(path, "exists")
  if (walked.kind === "unsure") return unsure(walked)
  if (walked.kind === "failed") return "nothing"
  const found = foundOf(walked.entry)
  return found !== "directory" && path.endsWith("/") ? "nothing" : found
}

export const foundOf = ({ kind }: Entry): Found => (kind === "link" ? "other" : kind)

export const unsure = ({ missing: [first] }: Unsure): Halt =>
  unknown(`${first.lacks} of ${first.path}`, "httpd goes that way to the file")

/** Where nothing says AllowOverride, httpd opens the file all the same, and takes no line of it. */
const isHtaccessRead = (override: OverrideSetting | undefined): boolean =>
  override === undefined || override.classes.size > 0 || override.skips.disallowed || override.skips.unknown

class Descent {
  readonly chain = new Chain()
  readonly #exchange: Exchange
  readonly #running: Running
  #filename = "/"
  #rest: string
  #depth = 1
  #next = 0
  #options
  #override: OverrideSetting | undefined
  #list: ReadonlySet<string>

  constructor(exchange: Exchange, running: Running, whole: string) {
    this.#exchange = exchange
    this.#running = running
    this.#rest = whole.slice(1)
    this.#options = running.settings.options
    this.#override = running.settings.override
    this.#list = running.settings.overrideList ?? new Set()
  }

  go(): Halt | undefined {
    const halt = this.#descend()
    // Where it ends, there it is told to have been, in the log and in what is said of an error.
    this.#running.filename = this.#filename
    this.#running.pathInfo = this.#rest
    if (halt !== undefined) this.#running.sections = this.chain.sections
    return halt
  }

  #descend(): Halt | undefined {
    let reached: Found = "directory"
    while (reached === "directory") {
      const halt = this.#enter()
      if (halt !== undefined) return halt
      if (this.#rest === "") break
      if (!this.#advance()) break
      const allowed = this.#allowed()
      // What is known to be there, through links that are allowed anyway, is not looked at again.
      if (this.#running.found === "nothing" || !allowed.has("FollowSymLinks") || allowed.has("SymLinksIfOwnerMatch")) {
        const step = this.#look(allowed)
        if (isHalt(step)) return step
        reached = step
      }
      this.#depth++
    }
    if (this.#running.found === "nothing") this.#running.found = reached
    return undefined
  }

  walkPatterns(): Halt | undefined {
    for (const section of this.#exchange.server.directories) {
      if (section.scope.kind !== "pattern") continue
      const fits = asMatch(section.scope.pattern.match(this.#filename))
      if (fits === "unknown")
        return unknown(`whether ${section.title} is for this path`, "its pattern is not judged here", section.source)
      if (fits) this.#add(section)
    }
    return undefined
  }

  #allowed(): Options {
    return optionsOf(this.#options)
  }

  #add(section: Section): void {
    const { settings } = section
    this.#options = mergeOptions(this.#options, settings.options)
    this.#override = settings.override ?? this.#override
    this.#list = settings.overrideList ?? this.#list
    this.chain.add(section)
  }

  /** `<Directory>` sections and `.htaccess` of the directory reached. */
  #enter(): Halt | undefined {
    const directory = this.#filename.endsWith("/") ? this.#filename : `${this.#filename}/`
    const sections = this.#exchange.server.directories
    for (; this.#next < sections.length; this.#next++) {
      const section = sections[this.#next]
      if (section?.scope.kind !== "directory" || section.scope.components > this.#depth) break
      const { components, isWildcard, path } = section.scope
      const fits =
        components === 0 ||
        (components === this.#depth && (isWildcard ? matchesWildcard(path, directory) : path === directory))
      if (fits) this.#add(section)
    }
    if (!isHtaccessRead(this.#override) && this.#list.size === 0) return undefined
    const read = readHtaccess(this.#exchange, this.#running, directory, this.#override, this.#list)
    if ("halt" in read) return read.halt
    if (read.section !== undefined) this.#add(read.section)
    return undefined
  }

  /** Takes the next part of the path; false where only a slash was left. */
  #advance(): boolean {
    const end = this.#rest.indexOf("/", this.#rest.startsWith("/") ? 1 : 0)
    const part = end === -1 ? this.#rest : this.#rest.slice(0, end)
    this.#rest = end === -1 ? "" : this.#rest.slice(end)
    this.#filename += part
    return part !== "/" && part !== ""
  }

  /** What stands at the part reached: the link itself first, as it may not be followed. */
  #look(options: Options): Found | Halt {
    const walked = this.#exchange.walk(this.#filename, "itself")
    if (walked.kind === "unsure") return unsure(walked)
    if (walked.kind === "failed") return walked.error === "ENOENT" ? "nothing" : this.#failed(walked)
    if (walked.entry.kind !== "link") return this.#checked(foundOf(walked.entry))
    const target = resolveLink(
      this.#exchange,
      this.#running,
      this.#filename,
      walked.entry,
      options,
      this.#options?.source,
    )
    return isHalt(target) ? target : this.#checked(target)
  }

  #checked(found: Found): Found | Halt {
    if (found !== "other") return found
    return this.#strange(`${fromBytes(this.#filename)} is neither a file nor a directory`, "AH00038")
  }

  #failed(walked: Failed): Halt {
    if (walked.error !== "EACCES") return this.#strange(`${fromBytes(this.#filename)}: ${walked.error}`, "AH00036")
    const about = { status: 403, code: "AH00035", failed: walked }
    const gates = fileGates<World>(walked, this.#exchange.reader, {
      causeOf: () => apachePathNotSearchable,
      names: this.#exchange.names,
    })
    return (
      this.#exchange.refusal(this.#running, gates, about) ??
      unknown(`what ${fromBytes(this.#filename)} fails of`, "its gates hold and it fails")
    )
  }

  #strange(what: string, code: string): Halt {
    const fact = new Facts().seen("path.fault")
    const source = { file: fromBytes(this.#filename), path: "" }
    const seen = new Map([[fact.name, { value: what }]])
    const checks = [check(fact, absent, following(null, source, "operator"))] as const
    return this.#exchange.barred(this.#running, checks, { cause: apacheMapFail, status: 403, code }, seen)
  }
}
