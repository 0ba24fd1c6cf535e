import type { FileTree, Reader } from "../../files/tree.ts"
import { readConfiguration } from "../../httpd/configuration.ts"
import { GivenTexts, type Texts } from "../../httpd/language/texts.ts"
import { HttpdModel } from "../../httpd/model.ts"
import type { Patch } from "../../patch.ts"
import { inOrder } from "../finding.ts"
import { NOTHING_KNOWN } from "../nothing-known.ts"
import { verified } from "../verified.ts"
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
  /** Document roots, with the names of their index files. */
  readonly roots: readonly { readonly path: string; readonly indexes: readonly string[] }[]
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
  const again = (patches: readonly Patch[]): readonly HttpdFinding[] | undefined => {
    const patched = model.patched(patches)
    return patched === undefined ? undefined : findingsIn(siteOf(patched))
  }
  const site = siteOf(model)
  return {
    findings: inOrder(verified(findingsIn(site), again, sizeOf(site))),
    roots: rootsIn(site),
    assumed: configuration.assumptions,
  }
}

const sizeOf = ({ configuration: { files, input } }: HttpdSite): number =>
  files.reduce((sum, it) => sum + (input.texts.read(it)?.length ?? 0), 0)

/** As many as are worth reading. */
const MOST_FINDINGS = 1000

function findingsIn(site: HttpdSite): readonly HttpdFinding[] {
  const found: HttpdFinding[] = []
  for (const check of CHECKS)
    for (const finding of check(site)) {
      if (found.length >= MOST_FINDINGS) return found
      found.push(finding)
    }
  return found
}

function* unread(site: HttpdSite): Generator<HttpdFinding> {
  for (const { hint, message, severity, source } of site.configuration.faults)
    yield foundAt(site, source, {
      name: "httpd/not-read",
      severity,
      why: message,
      effect: severity === "error" ? "httpd does not start with it" : "httpd takes it as it is written",
      ...(hint === undefined ? {} : { change: { does: hint, patches: [], isVerified: false } }),
    })
}

function rootsIn({ configuration }: HttpdSite): HttpdAudit["roots"] {
  const roots = new Map<string, Set<string>>()
  for (const { root, settings } of everyServer(configuration)) {
    if (root?.value.startsWith("/") !== true) continue
    const indexes = roots.get(trimmed(root.value)) ?? new Set<string>()
    roots.set(trimmed(root.value), indexes)
    for (const it of settings.index?.value ?? ["index.html"]) indexes.add(it)
  }
  return Array.from(roots, ([path, indexes]) => ({ path, indexes: [...indexes] }))
}
