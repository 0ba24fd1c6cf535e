import { lineInside } from "../../nginx/edits.ts"
import { judgeNginx } from "../../nginx/judge.ts"
import type { Location } from "../../nginx/settings/location.ts"
import type { Server } from "../../nginx/settings/server.ts"
import type { ErrorPage } from "../../nginx/settings/settings.ts"
import { type PlacedChange, proposed } from "../finding.ts"
import { NOTHING_KNOWN } from "../nothing-known.ts"
import { askFor } from "./requests.ts"
import { letIn } from "./rules.ts"
import { foundAt, labelOf, type NginxCheck, type NginxSite, textOf } from "./site.ts"

/** Pages for the refused that are refused to them as well, so that nginx shows its own instead. */
export const refusedPages: NginxCheck = function* (site) {
  for (const server of site.configuration.servers) {
    const told = new Set<string>()
    for (const settings of [server.settings, ...server.locations.all.map((it) => it.settings)]) {
      const example = letIn(settings.rules).complement().example()
      if (example === undefined || example === "unix:") continue
      for (const page of settings.errorPages) {
        const target = page.to.constant
        const key = `${page.directive.at.file}:${page.directive.at.line} ${target}`
        if (page.status !== 403 || target === undefined || !target.startsWith("/") || told.has(key)) continue
        if (!isRefused(site, server, target, example)) continue
        told.add(key)
        yield foundAt(site, page.directive, {
          name: "nginx/error-page-refused",
          why: `the page is looked for as any other, and a list of addresses refuses ${target} too, to ${example} for one`,
          effect: "whoever is refused sees nginx's own page and not this one",
          change: opened(site, server, page, target),
        })
      }
    }
  }
}

function isRefused(
  { configuration, reader, tree }: NginxSite,
  server: Server,
  target: string,
  client: string,
): boolean {
  const judged = judgeNginx(configuration, { files: tree ?? NOTHING_KNOWN, reader }, askFor(server, target, client))
  return judged.kind === "refuses" && judged.denial.clause.clause.cause.code === "nginx/deny-rule"
}

function opened(site: NginxSite, server: Server, { directive }: ErrorPage, target: string): PlacedChange {
  const exact = server.locations.all.find((it: Location) => it.match === "exact" && it.name === target)
  const block = exact?.settings.directive ?? server.directive
  const line = exact === undefined ? `location = ${target} { allow all; }` : "allow all;"
  const isPlain = /^[\w./-]+$/.test(target) && !(block.block ?? []).some((it) => it.name === "allow")
  const inside = isPlain ? lineInside(block, textOf(site.configuration, block.at.file), line, "") : undefined
  return proposed(
    `Add \`${line}\` in \`${labelOf(block)}\`, so that ${labelOf(directive)} can be sent`,
    inside?.patches,
  )
}
