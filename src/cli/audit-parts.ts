import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { basename, join, resolve } from "node:path"
import type { KnownKey } from "../management/neighbourhood.ts"
import { StoreFault } from "../ports/store.ts"
import type { PlacedFinding } from "../servers/audit/finding.ts"
import type { Audit } from "../servers/files/audit/audit.ts"
import { liveNames, liveReader } from "../servers/files/live-names.ts"
import { LiveTree } from "../servers/files/live-tree.ts"
import { isBelow } from "../servers/files/path.ts"
import { shownName } from "./config-file.ts"
import { readConfigurationAt } from "./configuration-files.ts"
import { Failure } from "./failure.ts"

export interface AuditCommandOptions {
  readonly worker?: string
  readonly data: string
  readonly fix: boolean
  readonly json: boolean
}

/** What was found in one thing that was looked through. Printed as it is with `--json`. */
export type Part =
  | ({ readonly kind: "root" } & Audit)
  | {
      readonly kind: "nginx" | "httpd" | "gateway"
      readonly file: string
      readonly findings: readonly PlacedFinding[]
      /** What was taken to be so, as nobody said. */
      readonly assumed: readonly string[]
    }

/** What was found, or why it could not be looked for. */
export async function partsOf(
  path: string,
  options: AuditCommandOptions,
  before: readonly Part[],
): Promise<readonly Part[] | string> {
  try {
    if (/\.ya?ml$/.test(path)) return [await gatewayPart(path, options)]
    if (isRoot(path)) return [await rootPart(resolve(path), options.worker ?? "www-data")]
    return await serverParts(path, options, before)
  } catch (error) {
    // Of several things named, those that can be read are looked through.
    if (error instanceof Failure || error instanceof StoreFault || isBarred(error)) return error.message
    throw error
  }
}

/** What the system says of a path: no right to look, a name too long. */
const isBarred = (error: unknown): error is Error =>
  error instanceof Error && "code" in error && typeof error.code === "string" && /^E[A-Z]+$/.test(error.code)

const CONFIGURATIONS = ["nginx.conf", "apache2.conf", "httpd.conf", "conf/nginx.conf", "conf/httpd.conf"]

/** A folder without the main file of a server is one whose files are served. */
function isRoot(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) throw new Failure(`There is no ${path}.`)
  return stats.isDirectory() && !CONFIGURATIONS.some((it) => existsSync(join(path, it)))
}

async function rootPart(root: string, worker: string, indexes?: readonly string[]): Promise<Part> {
  try {
    readdirSync(root)
  } catch (error) {
    throw new Failure(`${root} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  const { auditRoot } = await import("../servers/files/audit/audit.ts")
  const names = liveNames()
  const reader = liveReader(worker, names)
  const told = auditRoot({ tree: new LiveTree(), root, reader, names, ...(indexes === undefined ? {} : { indexes }) })
  return { kind: "root", ...told }
}

async function serverParts(
  path: string,
  { worker }: AuditCommandOptions,
  before: readonly Part[],
): Promise<readonly Part[]> {
  const { files, kind, main } = readConfigurationAt(path)
  const tree = new LiveTree()
  const names = liveNames()
  const told = worker ?? userIn(files) ?? "www-data"
  const reader = liveReader(told, names)
  const audited =
    kind === "nginx"
      ? (await import("../servers/audit/nginx/audit.ts")).auditNginx({
          texts: Array.from(files, ([file, text]) => ({ file, text })),
          reading: { main, isComplete: true },
          tree,
          reader,
        })
      : (await import("../servers/audit/httpd/audit.ts")).auditHttpd({ files, main, tree, reader, textOf: smallText })
  const part: Part = { kind, file: main, findings: audited.findings, assumed: audited.assumed }
  const roots: Part[] = []
  for (const { path: root, indexes } of outermost(audited.roots, [...before])) {
    if (roots.length >= MOST_ROOTS) break
    try {
      roots.push(await rootPart(root, told, indexes))
    } catch (error) {
      // Not what was asked for: where it is missing, that is a finding already.
      if (!(error instanceof Failure)) throw error
    }
  }
  return [part, ...roots]
}

const MOST_ROOTS = 20

/** Roots that lie in no other, and were not looked through before. */
function outermost<R extends { readonly path: string }>(roots: readonly R[], before: readonly Part[]): readonly R[] {
  const known = before.flatMap((it) => (it.kind === "root" ? [it.root] : []))
  return roots.filter(
    ({ path }) =>
      !known.some((it) => isBelow(path, it)) && !roots.some((it) => it.path !== path && isBelow(path, it.path)),
  )
}

/** `user www-data;` of nginx, `User www-data` of httpd. */
function userIn(files: ReadonlyMap<string, string>): string | undefined {
  for (const text of files.values()) {
    const name = /^[ \t]*user[ \t]+([a-z_][\w-]{0,31})/im.exec(text)?.[1]
    if (name !== undefined) return name
  }
  return undefined
}

const LARGEST = 1024 * 1024

function smallText(path: string): string | undefined {
  try {
    const stats = statSync(path)
    return stats.isFile() && stats.size <= LARGEST ? readFileSync(path, "utf8") : undefined
  } catch {
    return undefined
  }
}

async function gatewayPart(path: string, { data }: AuditCommandOptions): Promise<Part> {
  const { auditGateway } = await import("../management/audit/gateway-audit.ts")
  const text = textOf(path)
  const file = shownName(path)
  const { findings, isStopped } = auditGateway({ text, file, env: process.env, stored: await storedKeys(data) })
  const assumed = isStopped ? [`${basename(path)} has more keys and routes than were decided`] : []
  return { kind: "gateway", file, findings, assumed }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8")
  } catch (error) {
    throw new Failure(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Undefined where no gateway has run, so that nobody knows what keys will be made. */
async function storedKeys(data: string): Promise<readonly KnownKey[] | undefined> {
  if (!existsSync(data)) return undefined
  const { reading } = await import("./with-store.ts")
  return reading(data, (store) => store.keys.list())
}
