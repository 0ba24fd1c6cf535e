import { lstatSync, opendirSync, readFileSync, readlinkSync, type Stats } from "node:fs"
import { aclOf } from "./acl-attribute.ts"
import type { Entry, FileTree } from "./tree.ts"

export interface LiveOptions {
  /** Directory that is taken for the root, as of a container; `/` unless told. */
  readonly root?: string
  /** Entries looked at in all, and names read of one directory; what is beyond is unknown. */
  readonly most?: number
}
const MOST = 200_000

/**
 * The file system of this machine, as far as whoever runs this may see it: what may not be looked at is unknown.
 *
 * Read when asked for and remembered, so that one answer is made of one view.
 */
export class LiveTree implements FileTree {
  readonly protectsLinks?: boolean
  readonly #root: string
  readonly #most: number
  readonly #entries = new Map<string, Entry | "absent" | "unknown">()
  readonly #names = new Map<string, readonly string[] | "unknown">()

  constructor({ root = "/", most = MOST }: LiveOptions = {}) {
    this.#root = root.endsWith("/") ? root.slice(0, -1) : root
    this.#most = most
    const protects = readProtection()
    if (protects !== undefined) this.protectsLinks = protects
  }

  at(path: string): Entry | "absent" | "unknown" {
    const known = this.#entries.get(path)
    if (known !== undefined) return known
    if (this.#entries.size >= this.#most) return "unknown"
    const entry = this.#look(path)
    this.#entries.set(path, entry)
    return entry
  }

  names(path: string): readonly string[] | "unknown" {
    const known = this.#names.get(path)
    if (known !== undefined) return known
    const names = namesOf(this.#real(path), this.#most)
    this.#names.set(path, names)
    return names
  }

  #real(path: string): string {
    return `${this.#root}${path}`
  }

  #look(path: string): Entry | "absent" | "unknown" {
    const real = this.#real(path)
    try {
      const stats = lstatSync(real)
      const kind = kindOf(stats)
      const acl = kind === "link" ? undefined : aclOf(real)
      return {
        kind,
        mode: stats.mode & 0o7777,
        user: stats.uid,
        group: stats.gid,
        size: stats.size,
        modified: Math.floor(stats.mtimeMs / 1000),
        source: { file: path, path: "mode" },
        ...(acl === undefined ? {} : { acl }),
        ...(kind === "link" ? { target: readlinkSync(real) } : {}),
      }
    } catch (error) {
      return isAbsence(error) ? "absent" : "unknown"
    }
  }
}

function kindOf(stats: Stats): Entry["kind"] {
  if (stats.isDirectory()) return "directory"
  if (stats.isFile()) return "file"
  return stats.isSymbolicLink() ? "link" : "other"
}

function namesOf(real: string, most: number): readonly string[] | "unknown" {
  try {
    const directory = opendirSync(real)
    try {
      const names: string[] = []
      for (let it = directory.readSync(); it !== null; it = directory.readSync()) {
        if (names.length >= most) return "unknown"
        names.push(it.name)
      }
      return names.sort()
    } finally {
      directory.closeSync()
    }
  } catch {
    return "unknown"
  }
}

const ABSENCE = ["ENOENT", "ENOTDIR", "ENAMETOOLONG"]

const isAbsence = (error: unknown): boolean =>
  error instanceof Error && "code" in error && typeof error.code === "string" && ABSENCE.includes(error.code)

function readProtection(): boolean | undefined {
  try {
    return readFileSync("/proc/sys/fs/protected_symlinks", "latin1").trim() !== "0"
  } catch {
    return undefined
  }
}
