import type { Exhibits } from "../../exhibits/exhibits.ts"
import { readListing } from "../../servers/files/listing/listing.ts"
import { liveNames, liveReader } from "../../servers/files/live-names.ts"
import { Names } from "../../servers/files/names.ts"
import type { FileTree, Reader } from "../../servers/files/tree.ts"
import { type Barred, walk } from "../../servers/files/walk.ts"
import type { ServerRequest } from "../../servers/request.ts"
import type { Proof } from "../answer.ts"
import { type Finding, type Judged, NOTHING_JUDGED } from "../finding.ts"
import { proofOf } from "../proof.ts"
import type { Installation } from "./installation.ts"

/** A path that a server says it could not open, as the servers write it. */
const REFUSED_PATH =
  /(?:open\(\)|openat\(\)|stat\(\)|opendir\(\)) "([^"\n]{1,1000})" failed \(13|"([^"\n]{1,1000})" is forbidden \(13|filesystem path '([^'\n]{1,1000})'|permissions deny server access: ([^\s,\n]{1,1000})|AH01275: Can't open directory for index: ([^\s,\n]{1,1000})|AH00529: ([^\s\n]{1,1000}) pcfg_openfile/
/** Users that servers run as on the usual systems, likeliest first. */
const USUAL = ["www-data", "nginx", "apache", "http", "nobody"]

interface Seen {
  readonly tree: FileTree
  readonly names: Names
  readonly paths: readonly string[]
}

/**
 * Goes the way to the file as the kernel would for the server's user: on a listing, or on this machine. What looks for a remedy
 * is loaded when something is barred.
 */
export async function judgeFiles(exhibits: Exhibits, installation: Installation | undefined): Promise<Judged> {
  const seen = treeOf(exhibits, installation)
  if (seen === undefined) return NOTHING_JUDGED
  const told = refusedPath(exhibits)
  const path = told?.path ?? longest(seen.paths)
  if (path === undefined) return NOTHING_JUDGED
  const worker = installation?.worker ?? workerOf(exhibits, seen.names)
  const reader = installation?.tree === undefined ? seen.names.reader(worker) : liveReader(worker, seen.names)
  const walked = walk(seen.tree, reader, path, "read")
  switch (walked.kind) {
    case "failed":
      if (walked.error !== "EACCES") return NOTHING_JUDGED
      return { findings: [await barred(walked, path, reader, seen, exhibits, told?.proof)], excluded: [], needs: [] }
    case "reached":
      return { findings: [], excluded: [fine(path, reader, seen, told?.proof)], needs: [] }
    case "unsure": {
      const [first] = walked.missing
      return {
        ...NOTHING_JUDGED,
        needs:
          told === undefined ? [] : [`${first.lacks} of ${first.path}, to know whether ${worker} may read ${path}`],
      }
    }
  }
}

function treeOf({ of }: Exhibits, installation: Installation | undefined): Seen | undefined {
  const [first, ...others] = of.files
  if (first !== undefined) {
    const names = new Names()
    const text = [first, ...others].map((it) => it.text).join("\n")
    const { tree, paths } = readListing(text, { from: first.from, names })
    return paths.length === 0 ? undefined : { tree, names, paths }
  }
  return installation?.tree === undefined ? undefined : { tree: installation.tree, names: liveNames(), paths: [] }
}

function refusedPath(exhibits: Exhibits): { readonly path: string; readonly proof: Proof } | undefined {
  for (const { text, from } of exhibits.of.log) {
    const found = REFUSED_PATH.exec(text)
    const path = found?.slice(1).find((it) => it !== undefined)
    if (found !== null && path?.startsWith("/") === true)
      return {
        path,
        proof: proofOf({ from, quote: found[0] }, "the operating system refused the server this path", exhibits),
      }
  }
  return undefined
}

const longest = (paths: readonly string[]): string | undefined =>
  paths.reduce<string | undefined>((kept, it) => (kept === undefined || it.length > kept.length ? it : kept), undefined)

/** Who the server runs as: what is told, or the usual name among those the listing shows. */
function workerOf({ of }: Exhibits, names: Names): string {
  for (const { text } of [...of.config, ...of.symptom, ...of.files]) {
    const told =
      /^[ \t]*user[ \t]+([a-z_][\w-]{0,31})|^User[ \t]+([a-z_][\w-]{0,31})|\bruns? as ["'`]?([a-z_][\w-]{0,31})/im.exec(
        text,
      )
    const name = told?.[1] ?? told?.[2] ?? told?.[3]
    if (name !== undefined) return name
  }
  const shown = of.files.map((it) => it.text).join("\n")
  return USUAL.find((it) => shown.includes(it) && names.user(it) !== 0) ?? "www-data"
}

async function barred(
  failed: Barred,
  path: string,
  reader: Reader,
  { tree, names }: Seen,
  exhibits: Exhibits,
  log: Proof | undefined,
): Promise<Finding> {
  const { FilesModel } = await import("../../servers/files/files-model.ts")
  const { remedies } = await import("../../servers/remedies.ts")
  const { entry } = failed
  // A directory that may be searched and not listed is refused as a file is.
  const isParent = entry.kind === "directory" && failed.bit === "execute"
  const model = new FilesModel({ tree, reader, names, pathOf: () => ({ path, want: "read" }) })
  const [remedy] = remedies(model, ANY_REQUEST, [])
  const says = `${names.showUser(reader.user)} may not ${isParent ? "search" : "read"} ${failed.path}`
  const listed = exhibits.of.files.find((it) => it.from === entry.source.file || entry.source.file.startsWith(it.from))
  const line = listed?.text.split("\n")[(entry.source.line ?? 1) - 1]
  const proofs: Proof[] = log === undefined ? [] : [log]
  if (listed !== undefined && line !== undefined && line.trim() !== "")
    proofs.unshift(proofOf({ from: listed.from, quote: line.trim() }, says, exhibits))
  else proofs.unshift({ from: failed.path, says, quote: failed.path })
  return {
    code: isParent ? "fs/parent-dir-not-searchable" : "fs/file-not-readable",
    // A listing of a path nobody said was refused is a guess about which.
    weight: log === undefined ? "fair" : "proof",
    proofs,
    ...(remedy === undefined
      ? {}
      : {
          fix: {
            by: "operator",
            change: remedy.does,
            admits: "reading by that user of what lies there, and nothing to write",
            written: remedy.written,
            isVerified: true,
          } as const,
        }),
  }
}

function fine(path: string, reader: Reader, { names }: Seen, log: Proof | undefined): Judged["excluded"][number] {
  return {
    says: `modes and owners along ${path} let ${names.showUser(reader.user)} read it`,
    evidence: log === undefined ? [] : [log],
  }
}

const ANY_REQUEST: ServerRequest = {
  method: "GET",
  target: "/",
  host: "",
  scheme: "http",
  port: 80,
  protocol: "HTTP/1.1",
  headers: [],
  client: "127.0.0.1",
}
