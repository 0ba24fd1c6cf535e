import type { Source } from "../../../decision/source.ts"
import { BIT, rightOf } from "../../files/rights.ts"
import type { FileTree, Reader } from "../../files/tree.ts"
import { walk } from "../../files/walk.ts"
import { type Directive, sourceOf, titleOf } from "../../httpd/language/directive.ts"
import { commentedOut, wordInstead } from "../../httpd/mending/edits.ts"
import type { Option } from "../../httpd/settings/options.ts"
import { ANYONE, directoriesBelow } from "../directories.ts"
import { type PlacedChange, proposed } from "../finding.ts"
import { everySection, everyServer, foundAt, type HttpdCheck } from "./site.ts"

/** Document roots that are not there. */
export const missingRoots: HttpdCheck = function* (site) {
  const { configuration, tree } = site
  const told = new Set<Source>()
  for (const { root } of everyServer(configuration)) {
    if (root === undefined || tree === undefined || told.has(root.source) || !root.value.startsWith("/")) continue
    told.add(root.source)
    const there = walk(tree, ANYONE, trimmed(root.value), "exists")
    if (there.kind !== "failed" || (there.error !== "ENOENT" && there.error !== "ENOTDIR")) continue
    yield foundAt(site, root.source, {
      name: "httpd/root-missing",
      why: `${root.value} is not there; httpd starts all the same and only warns (AH00112)`,
      effect: "every request for a file is answered with 403 or 404",
      change: proposed(`Make ${root.value}, or name the directory that is meant`),
    })
  }
}

export const trimmed = (path: string): string => path.replace(/\/+$/, "") || "/"

/** What makes a program or a link of a file, in the order of how much. */
const DANGEROUS = ["ExecCGI", "Includes", "FollowSymLinks"] as const
const DOES = {
  ExecCGI: "runs as a program what they put there",
  Includes: "runs the commands of pages they put there",
  FollowSymLinks: "serves whatever a link they put there leads to, as far as the server's user may read",
} as const
/** Directories looked at for one that others may write to. */
const MOST_LOOKED_AT = 2000

/** Options that trust what lies in a directory, where more than its owner may put something there. */
export const writableOptions: HttpdCheck = function* (site) {
  const { configuration, reader, tree } = site
  if (tree === undefined) return
  for (const { lines, scope, settings } of everySection(configuration)) {
    const option = DANGEROUS.find((it) => settings.options?.set.has(it))
    const directive = lines.findLast((it) => it.key === "options")
    // Of the root of the machine some directory always is.
    if (
      option === undefined ||
      directive === undefined ||
      scope.kind !== "directory" ||
      scope.isWildcard ||
      scope.components === 0
    )
      continue
    const open = writableBelow(tree, trimmed(scope.path), reader)
    if (open === undefined) continue
    yield foundAt(site, sourceOf(directive), {
      name: "httpd/options-on-writable",
      ...(option === "FollowSymLinks" ? { severity: "warning" } : {}),
      why: `${open.path} is writable by ${open.by}, and ${option} holds there`,
      effect: `whoever may write there: httpd ${DOES[option]}`,
      change:
        option === "FollowSymLinks"
          ? proposed("Write SymLinksIfOwnerMatch, or take the right to write")
          : withoutOption(directive, option),
    })
  }
}

interface Open {
  readonly path: string
  readonly by: string
}

function writableBelow(tree: FileTree, root: string, reader: Reader): Open | undefined {
  let left = MOST_LOOKED_AT
  for (const { path } of directoriesBelow(tree, root)) {
    if (left-- <= 0) return undefined
    const entry = tree.at(path)
    if (typeof entry !== "object") continue
    if ((entry.mode & BIT.write) !== 0) return { path, by: "everybody on the machine" }
    if (!reader.isRoot && rightOf(entry, reader, "write").kind === "granted") return { path, by: "the server's user" }
  }
  return undefined
}

/** Lists of files shown to whoever asks, wherever there is no index. */
export const listings: HttpdCheck = function* (site) {
  const roots = everyServer(site.configuration).flatMap(({ root }) =>
    root === undefined ? [] : [`${trimmed(root.value)}/`],
  )
  for (const { lines, scope, settings, title } of everySection(site.configuration)) {
    const directive = lines.findLast((it) => it.key === "options")
    if (!settings.options?.set.has("Indexes") || directive === undefined) continue
    const isRoot = scope.kind === "directory" && roots.some((it) => it.startsWith(scope.path))
    yield foundAt(site, sourceOf(directive), {
      name: "httpd/indexes",
      // Of one directory it is likely to be meant.
      severity: isRoot ? "warning" : "note",
      why: `\`${titleOf(directive)}\` in ${title} holds for all that is below`,
      effect: "shows everybody the names of all files in every directory without an index",
      change: withoutOption(directive, "Indexes"),
    })
  }
}

/** The word taken out of the line; the line where it holds no other. */
function withoutOption(directive: Directive, option: Option): PlacedChange {
  const word = directive.words.find((it) => it.text.replace(/^[+-]/, "").toLowerCase() === option.toLowerCase())
  if (word === undefined) return proposed(`Name the options that are meant, without ${option}`)
  const isOnly = directive.words.length === 1
  const does = `Take ${word.text} out of \`${titleOf(directive)}\``
  if (isOnly && word.text.startsWith("+")) return proposed(does, commentedOut(directive, "").patches)
  if (isOnly) return proposed(`Write \`Options None\``, wordInstead(directive, word, "None", "").patches)
  return proposed(does, wordInstead(directive, word, "", "").patches)
}
