import type { FileTree, Reader } from "../../files/tree.ts"
import type { NginxConfiguration, NginxReading } from "../../nginx/configuration.ts"
import { NginxModel } from "../../nginx/model.ts"
import { filesOfDump, type NginxText } from "../../nginx/syntax/dump.ts"
import { Gatherer } from "../../nginx/syntax/gather.ts"
import { findingsOf } from "../checks.ts"
import { proposed } from "../finding.ts"
import { NOTHING_KNOWN } from "../nothing-known.ts"
import { type Root, rootsOf } from "../roots.ts"
import { accessLists } from "./access-lists.ts"
import { refusedPages } from "./error-pages.ts"
import { aliases, serverNames, shadowedLocations } from "./locations.ts"
import { returns } from "./returns.ts"
import { everySettings, fixedRoot, listings, missingRoots } from "./roots.ts"
import { foundAt, type NginxCheck, type NginxFinding, type NginxSite } from "./site.ts"
import { directoriesTried } from "./try-files.ts"

export interface NginxAuditOptions {
  readonly texts: readonly NginxText[]
  readonly reading?: NginxReading
  /** Looked at for roots and indexes; without it nothing is said of files. */
  readonly tree?: FileTree
  /** The user of the workers. */
  readonly reader: Reader
}

/** What is wrong with a configuration of nginx. */
export interface NginxAudit {
  readonly findings: readonly NginxFinding[]
  readonly roots: readonly Root[]
  /** What was taken to be so, as only a part was given. */
  readonly assumed: readonly string[]
}

const CHECKS: readonly NginxCheck[] = [
  unread,
  accessLists,
  returns,
  aliases,
  shadowedLocations,
  serverNames,
  missingRoots,
  listings,
  directoriesTried,
  refusedPages,
]

/** Looks through a configuration of nginx for what refuses or lets in other than it says. Changes nothing. */
export function auditNginx({ texts, reading: told = {}, tree, reader }: NginxAuditOptions): NginxAudit {
  // The files in the answer of `nginx -T` have names of their own, its main one too.
  const { main: _, ...others } = told
  const reading = texts.some((it) => filesOfDump(it.text) !== undefined) ? others : told
  const model = new NginxModel(included(texts, reading), { files: tree ?? NOTHING_KNOWN, reader }, reading)
  const { configuration } = model
  const siteOf = ({ configuration }: NginxModel): NginxSite => ({ configuration, tree, reader })
  const size = configuration.texts.reduce((sum, it) => sum + it.text.length, 0)
  return {
    findings: findingsOf(model, siteOf, CHECKS, size),
    roots: rootsOf(rootsIn(configuration)),
    assumed: configuration.assumed,
  }
}

/** What the main file leads to: what lies beside it, such as a site that is not enabled, is nobody's configuration. */
function included(texts: readonly NginxText[], { isComplete = false, main }: NginxReading): readonly NginxText[] {
  if (main === undefined) return texts
  const { used } = new Gatherer(texts, main, isComplete).gather(main)
  return texts.filter((it) => used.has(it.file))
}

function* unread(site: NginxSite): Generator<NginxFinding> {
  for (const { hint, message, severity, source } of site.configuration.faults) {
    const { line = 1, column = 1, file, path } = source
    yield foundAt(
      site,
      { at: { file, line, column, path } },
      {
        name: "nginx/not-read",
        severity,
        why: message,
        effect: "what stands there is not judged",
        change: hint === undefined ? undefined : proposed(hint),
      },
    )
  }
}

function* rootsIn(configuration: NginxConfiguration): Generator<Root> {
  for (const settings of everySettings(configuration)) {
    const root = fixedRoot(settings)
    if (root === undefined) continue
    yield {
      path: root.path,
      indexes: settings.index?.names.flatMap((it) => it.constant ?? []) ?? ["index.html"],
    }
  }
}
