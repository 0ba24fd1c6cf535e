import { fileCandidates } from "../candidates.ts"
import type { IdNames } from "../entry-text.ts"
import { overlay } from "../overlay.ts"
import { nameOf } from "../path.ts"
import { type Bit, isSame, rightOf } from "../rights.ts"
import type { Entry, FileTree, Reader } from "../tree.ts"
import { type Barred, walk } from "../walk.ts"
import { closed, keeps, ownedByRoot, without, withoutSetId } from "./closing.ts"
import type { Change, Fault, FindingName } from "./finding.ts"
import { isSecret } from "./secret.ts"

/** What an audit knows at one entry. */
export interface FilesSite {
  readonly tree: FileTree
  readonly reader: Reader
  readonly names: IdNames
}

/** What is wrong with one entry that is no link, by its own mode; the directories above are judged for themselves. */
export function entryFaults(site: FilesSite, path: string, entry: Entry): readonly Fault[] {
  return [
    ...denied(site, path, entry),
    ...readableSecret(site, path, entry),
    ...openToAll(site, path, entry),
    ...inTheHandsOfTheWorker(site, path, entry),
    ...setId(path, entry),
  ]
}

function denied(site: FilesSite, path: string, entry: Entry): readonly Fault[] {
  const bit: Bit = entry.kind === "directory" ? "execute" : "read"
  const right = rightOf(entry, site.reader, bit)
  // That a secret is closed is as it should be: the change that opens it would be a fault.
  if (right.kind !== "denied" || entry.kind === "other" || isSecret(nameOf(path))) return []
  const name: FindingName =
    entry.kind === "directory"
      ? "directory-not-searchable"
      : path.endsWith("/.htaccess")
        ? "htaccess-not-readable"
        : "file-not-readable"
  return [
    fault(name, path, entry, opened(site, { kind: "failed", error: "EACCES", path, entry, bit, right, held: [] })),
  ]
}

/** The least change that opens a step, tried on the whole tree. */
export function opened({ tree, reader, names }: FilesSite, barred: Barred): Change | undefined {
  for (const { does, patches, written } of fileCandidates(barred, reader, names)) {
    const after = overlay(tree, patches)?.at(barred.path)
    if (after === undefined || after === "absent" || after === "unknown" || barred.bit === "link") continue
    if (rightOf(after, reader, barred.bit).kind === "granted") return { does, written: written.join("\n"), after }
  }
  return undefined
}

function readableSecret({ tree, reader }: FilesSite, path: string, entry: Entry): readonly Fault[] {
  if (entry.kind === "other" || !isSecret(nameOf(path))) return []
  const bit: Bit = entry.kind === "directory" ? "execute" : "read"
  const want = entry.kind === "directory" ? "search" : "read"
  if (walk(tree, reader, path, want).kind !== "reached") return []
  const change = closed(entry, path, reader, bit)
  if (change === undefined) return [fault("secret-readable", path, entry)]
  const does = `${change.does}; programs that run as the server's user lose it too`
  return [fault("secret-readable", path, entry, { ...change, does })]
}

function openToAll({ reader }: FilesSite, path: string, entry: Entry): readonly Fault[] {
  if ((entry.mode & 0o002) === 0 || entry.kind === "other") return []
  const change = without(entry, path, "write", "other")
  return [fault("writable-by-all", path, entry, keeps(entry, change, reader) ? change : undefined)]
}

function inTheHandsOfTheWorker({ reader }: FilesSite, path: string, entry: Entry): readonly Fault[] {
  if (reader.isRoot || entry.kind === "other") return []
  if (isSame(entry.user, reader.user) === true) {
    const change = ownedByRoot(entry, path)
    return [fault("owned-by-worker", path, entry, keeps(entry, change, reader) ? change : undefined)]
  }
  const right = rightOf(entry, reader, "write")
  if (right.kind !== "granted" || right.by === "other") return []
  return [fault("writable-by-worker", path, entry, closed(entry, path, reader, "write"))]
}

function setId(path: string, entry: Entry): readonly Fault[] {
  if (entry.kind !== "file" || (entry.mode & 0o6000) === 0) return []
  return [fault("set-id", path, entry, withoutSetId(entry, path))]
}

export const fault = (name: FindingName, path: string, entry: Entry, change?: Change): Fault => ({
  name,
  path,
  entry,
  why: WHY[name],
  ...(change === undefined ? {} : { change }),
})

const WHY: Readonly<Record<FindingName, string>> = {
  "way-barred": "a directory above the document root does not let the server's user through: every request is refused",
  "directory-not-searchable": "the server's user may not search it: everything below is refused",
  "file-not-readable": "the server's user may not read it: it is refused",
  "htaccess-not-readable": "httpd refuses everything in a directory whose .htaccess it may not read",
  "secret-readable": "it is served to whoever asks, unless the server's configuration forbids it",
  "writable-by-all": "every user of the host may change what is served",
  "set-id": "whoever runs it runs it as its owner or group, and nothing that is served needs that",
  "writable-by-worker": "whoever gets the server to run their code can change what is served",
  "owned-by-worker": "the server's user may change it and its mode; only what is uploaded or cached needs that",
  "link-dangling": "it leads nowhere: a request for it finds nothing",
  "link-barred": "the server's user may not go where it leads",
  "link-out-of-root": "it leads out of the document root, so that more is served than lies in it",
  "directory-without-index": "a request for it is refused, or shows its list of files where the server makes one",
}
