import { walk } from "../../files/walk.ts"
import type { NginxConfiguration } from "../../nginx/configuration.ts"
import { everyDirective } from "../../nginx/directive-at.ts"
import { wordInstead } from "../../nginx/edits.ts"
import type { Location } from "../../nginx/settings/location.ts"
import type { Settings } from "../../nginx/settings/settings.ts"
import type { Directive } from "../../nginx/syntax/directive.ts"
import { fromBytes } from "../../values/bytes.ts"
import { ANYONE } from "../directories.ts"
import { proposed } from "../finding.ts"
import { foundAt, labelOf, type NginxCheck, textOf } from "./site.ts"

/** Every block of every server with what holds in it: the server itself, its locations, those in them. */
export function* everySettings({ servers }: NginxConfiguration): Generator<Settings> {
  for (const { settings, locations } of servers) {
    yield settings
    const waiting: Location[] = [...locations.all]
    for (let it = waiting.pop(); it !== undefined; it = waiting.pop()) {
      yield it.settings
      waiting.push(...it.inside.all)
    }
  }
}

/** The path of a root that is the same for every request, without a slash at its end. */
export function fixedRoot({ root }: Settings): { readonly path: string; readonly directive: Directive } | undefined {
  const constant = root?.path.constant
  if (root?.directive === undefined || constant === undefined || !constant.startsWith("/")) return undefined
  return { path: fromBytes(constant).replace(/\/+$/, "") || "/", directive: root.directive }
}

/** Roots that are not there. */
export const missingRoots: NginxCheck = function* (site) {
  const { configuration, tree } = site
  if (tree === undefined) return
  const seen = new Set<Directive>()
  for (const settings of everySettings(configuration)) {
    const root = fixedRoot(settings)
    if (root === undefined || seen.has(root.directive)) continue
    seen.add(root.directive)
    const there = walk(tree, ANYONE, root.path, "exists")
    if (there.kind !== "failed" || (there.error !== "ENOENT" && there.error !== "ENOTDIR")) continue
    yield foundAt(site, root.directive, {
      name: "nginx/root-missing",
      why: `${root.path} is not there`,
      effect: "every request for a file is answered with 404, one for / with 403 or 404",
      change: proposed(`Make ${root.path}, or name the directory that is meant`),
    })
  }
}

/** Lists of files shown to whoever asks, wherever there is no index. */
export const listings: NginxCheck = function* (site) {
  for (const block of everyDirective(site.configuration.http))
    for (const it of block.block ?? []) {
      const word = it.args[0]
      if (it.name !== "autoindex" || word?.text !== "on") continue
      const text = textOf(site.configuration, it.at.file)
      yield foundAt(site, it, {
        name: "nginx/autoindex",
        // Of one location it is likely to be meant.
        severity: block.name === "location" ? "note" : "warning",
        why: `\`autoindex on\` in \`${labelOf(block)}\` holds for all that is below`,
        effect: "shows everybody the names of all files in every directory without an index",
        change: proposed(
          "Turn it off here, and on in the location that is meant",
          wordInstead(it, word, text, "off", "").patches,
        ),
      })
    }
}
