import { judgeNginx } from "../../nginx/judge.ts"
import type { Server } from "../../nginx/settings/server.ts"
import type { Settings } from "../../nginx/settings/settings.ts"
import type { Directive } from "../../nginx/syntax/directive.ts"
import { directoriesBelow, requestPath } from "../directories.ts"
import { proposed } from "../finding.ts"
import { wordRemoved } from "./locations.ts"
import { askFor } from "./requests.ts"
import { fixedRoot } from "./roots.ts"
import { foundAt, labelOf, type NginxCheck, type NginxFinding, type NginxSite } from "./site.ts"

/** As many directories as are judged and shown. */
const MOST_JUDGED = 2000
const MOST_SHOWN = 3

/** `try_files $uri $uri/` finds directories too, and those without an index are refused rather than passed on. */
export const directoriesTried: NginxCheck = function* (site) {
  for (const server of site.configuration.servers) {
    const blocks: readonly Settings[] = [server.settings, ...server.locations.all.map((it) => it.settings)]
    for (const settings of blocks) {
      const { tryFiles, root } = settings
      const word = tryFiles?.directive.args.find((it) => it.text === "$uri/")
      // An alias begins elsewhere than the path does.
      if (tryFiles === undefined || word === undefined || root?.alias !== undefined || "status" in tryFiles.otherwise)
        continue
      yield* tried(site, server, settings, tryFiles.directive, word)
    }
  }
}

function* tried(
  site: NginxSite,
  server: Server,
  settings: Settings,
  directive: Directive,
  word: Directive["args"][number],
): Generator<NginxFinding> {
  const { configuration, tree, reader } = site
  const root = fixedRoot(settings)
  if (tree === undefined || root === undefined) return
  const refused: string[] = []
  let count = 0
  let left = MOST_JUDGED
  for (const { below } of directoriesBelow(tree, root.path)) {
    if (left-- <= 0) break
    const judged = judgeNginx(configuration, { files: tree, reader }, askFor(server, requestPath(below)))
    // Only what this very line led to: another location may have taken the path.
    if (judged.kind !== "refuses" || judged.status !== 403 || judged.denial.clause.clause.cause.code !== CODE) continue
    count++
    if (refused.length < MOST_SHOWN) refused.push(below)
  }
  if (count === 0) return
  const more = count > refused.length ? ` and ${count - refused.length} more` : ""
  yield foundAt(site, directive, {
    name: "nginx/try-files-directory",
    why: `\`$uri/\` takes ${refused.join(", ")}${more}: directories without ${settings.index?.names.map((it) => it.constant ?? "an index").join(" or ") ?? "index.html"}, below ${root.path}`,
    effect: `refuses them with 403, and \`${labelOf(directive).split(" ").at(-1)}\` never gets them`,
    change: proposed("Remove `$uri/`", wordRemoved(site, directive, word)),
  })
}

const CODE = "nginx/try-files-dir-no-index"
