import type { FileTree, Reader } from "../../files/tree.ts"
import { type HttpdConfiguration, readConfiguration } from "../../httpd/configuration.ts"
import { GivenTexts, type Texts } from "../../httpd/language/texts.ts"
import { HttpdModel } from "../../httpd/model.ts"
import { findingsOf } from "../checks.ts"
import { proposed } from "../finding.ts"
import { NOTHING_KNOWN } from "../nothing-known.ts"
import { type Root, rootsOf } from "../roots.ts"
import { deadAllowDeny, mixedAccess } from "./allow-deny.ts"
import { refusedDocuments } from "./error-documents.ts"
import { listings, missingRoots, trimmed, writableOptions } from "./files.ts"
import { accessFiles } from "./htaccess.ts"
import { deadRequires, locationsOverFiles, openRoot, replacedRequires } from "./requires.ts"
import { everyServer, foundAt, type HttpdCheck, type HttpdFinding, type HttpdSite } from "./site.ts"

export interface HttpdAuditOptions {
  readonly files: ReadonlyMap<string, string>
  /** The file httpd is started with; a name of `files`. */
  readonly main: string
  /** Looked at for roots, modes and `.htaccess`; without it nothing is said of files. */
  readonly tree?: FileTree
  /** The text of a file of the tree, such as `.htaccess`; undefined where it may not be read. */
  readonly textOf?: (path: string) => string | undefined
  /** The user of the workers. */
  readonly reader: Reader
}

/** What is wrong with a configuration of httpd. */
export interface HttpdAudit {
  readonly findings: readonly HttpdFinding[]
  readonly roots: readonly Root[]
  /** What was taken to be so, as nobody said. */
  readonly assumed: readonly string[]
}

const CHECKS: readonly HttpdCheck[] = [
  unread,
  deadRequires,
  replacedRequires,
  openRoot,
  locationsOverFiles,
  mixedAccess,
  deadAllowDeny,
  missingRoots,
  writableOptions,
  listings,
  accessFiles,
  refusedDocuments,
]

/** Looks through a configuration of httpd for what refuses or lets in other than it says. Changes nothing. */
export function auditHttpd({ files, main, reader, textOf, tree }: HttpdAuditOptions): HttpdAudit {
  const given = new GivenTexts(files)
  const texts: Texts = { read: (path) => given.read(path) ?? textOf?.(path), names: (path) => given.names(path) }
  const configuration = readConfiguration({ texts, main })
  const model = new HttpdModel({ configuration, tree: tree ?? NOTHING_KNOWN, reader })
  const siteOf = ({ surroundings }: HttpdModel): HttpdSite => ({
    configuration: surroundings.configuration,
    tree,
    reader,
  })
  const size = configuration.files.reduce((sum, it) => sum + (configuration.input.texts.read(it)?.length ?? 0), 0)
  return {
    findings: findingsOf(model, siteOf, CHECKS, size),
    roots: rootsOf(rootsIn(configuration)),
    assumed: configuration.assumptions,
  }
}

function* unread(site: HttpdSite): Generator<HttpdFinding> {
  for (const { hint, message, severity, source } of site.configuration.faults)
    yield foundAt(site, source, {
      name: "httpd/not-read",
      severity,
      why: message,
      effect: severity === "error" ? "httpd does not start with it" : "httpd takes it as it is written",
      change: hint === undefined ? undefined : proposed(hint),
    })
}

function* rootsIn(configuration: HttpdConfiguration): Generator<Root> {
  for (const { root, settings } of everyServer(configuration))
    if (root?.value.startsWith("/") === true)
      yield { path: trimmed(root.value), indexes: settings.index?.value ?? ["index.html"] }
}
