import { UNKNOWN } from "../../../decision/value.ts"
import { matchesWildcard } from "../language/wildcard.ts"
import { merge } from "../settings/merge.ts"
import type { Scope, Section, Settings } from "../settings/settings.ts"
import type { Exchange } from "./exchange.ts"
import { type Halt, unknown } from "./halt.ts"
import type { Running } from "./running.ts"

/** Sections of one walk: merged among themselves first and onto the request's settings then, as httpd does. */
export class Chain {
  readonly sections: Section[] = []
  merged: Settings | undefined

  add(section: Section): void {
    this.merged = this.merged === undefined ? section.settings : merge(this.merged, section.settings)
    this.sections.push(section)
  }

  finish(running: Running): void {
    if (this.merged === undefined) return
    running.settings = merge(running.settings, this.merged)
    running.sections = [...running.sections, ...this.sections]
  }
}

/** `<Location>` and `<LocationMatch>` in the order they are written, then `<If>` (server/request.c `ap_location_walk`). */
export function walkLocationsAndIfs(exchange: Exchange, running: Running): Halt | undefined {
  const chain = new Chain()
  const merged = running.uri.replace(/\/{2,}/g, "/")
  for (const section of exchange.server.locations) {
    const fits = matchesLocation(section.scope, merged, running.uri)
    if (fits === "unknown") return undecided(section)
    if (fits) chain.add(section)
  }
  chain.finish(running)
  return walkIfs(exchange, running, running.settings.conditions ?? [], 0)
}

const undecided = (section: Section): Halt =>
  unknown(
    `whether ${section.title} is for this request`,
    "its pattern or expression is not judged here",
    section.source,
  )

function matchesLocation(scope: Scope, merged: string, uri: string): boolean | "unknown" {
  if (scope.kind === "pattern") return asMatch(scope.pattern.match(uri))
  if (scope.kind !== "location") return false
  const { path, isWildcard } = scope
  if (isWildcard) return matchesWildcard(path, merged)
  if (!merged.startsWith(path)) return false
  return path === "" || path.endsWith("/") || merged.length === path.length || merged[path.length] === "/"
}

export const asMatch = (found: readonly string[] | undefined | "unknown"): boolean | "unknown" =>
  found === "unknown" ? found : found !== undefined

const DEEPEST = 20

/** `<If>`, `<ElseIf>` and `<Else>`; those inside ones that hold come after (`ap_if_walk_sub`). */
function walkIfs(exchange: Exchange, running: Running, sections: readonly Section[], depth: number): Halt | undefined {
  if (sections.length === 0 || depth > DEEPEST) return undefined
  const chain = new Chain()
  const world = exchange.world(running)
  let before = false
  for (const section of sections) {
    const { scope } = section
    const isElse = scope.kind === "else" || (scope.kind === "if" && scope.isElse)
    if (isElse && before) continue
    const holds = scope.kind === "if" ? world.evaluate(scope.expression) : true
    if (holds === UNKNOWN) return undecided(section)
    before = holds
    if (holds) chain.add(section)
  }
  chain.finish(running)
  return walkIfs(exchange, running, chain.merged?.conditions ?? [], depth + 1)
}

/** `<Files>` and `<FilesMatch>` by the last part of the path (`ap_file_walk`). */
export function walkFiles(running: Running): Halt | undefined {
  const { filename, settings } = running
  if (filename === undefined || settings.files === undefined) return undefined
  const name = filename.slice(filename.lastIndexOf("/") + 1)
  const chain = new Chain()
  for (const section of settings.files) {
    const fits = matchesName(section.scope, name)
    if (fits === "unknown") return undecided(section)
    if (fits) chain.add(section)
  }
  chain.finish(running)
  return undefined
}

function matchesName(scope: Scope, name: string): boolean | "unknown" {
  if (scope.kind === "pattern") return asMatch(scope.pattern.match(name))
  if (scope.kind !== "files") return false
  return scope.isWildcard ? matchesWildcard(scope.name, name) : scope.name === name
}
