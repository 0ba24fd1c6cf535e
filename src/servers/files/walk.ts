import { childOf, parentOf } from "./path.ts"
import { type Bit, type Denied, type Granted, isSame, type Lack, rightOf } from "./rights.ts"
import type { Entry, FileTree, Reader } from "./tree.ts"

/**
 * What is to be done at the end of the way: search a directory, list it, read, write or execute whatever is there, only
 * find it (`exists`, as stat does), or find the link itself where the last is one (`itself`, as lstat does).
 */
export type Want = "search" | "list" | "read" | "write" | "execute" | "exists" | "itself"

/** One place on the way at which a right was needed. */
export interface Step {
  /** Resolved: no component is a link. */
  readonly path: string
  readonly entry: Entry
  readonly bit: Bit
}
export interface Held extends Step {
  readonly right: Granted
}

/** Arrived: the entry, where it lies with all links resolved, and every right that was needed. */
export interface Reached {
  readonly kind: "reached"
  readonly path: string
  readonly entry: Entry
  readonly held: readonly Held[]
}

/** The first thing on the way that fails, as the kernel names it. */
export type Failed =
  | Barred
  | {
      readonly kind: "failed"
      readonly error: "ENOENT" | "ENOTDIR" | "ELOOP" | "ENAMETOOLONG"
      readonly path: string
      readonly held: readonly Held[]
    }

/**
 * A right that was denied. `link`: a link in a sticky directory open to all is not followed, as it belongs neither to the
 * reader nor to the directory's owner.
 */
export type Barred = { readonly kind: "failed"; readonly error: "EACCES"; readonly held: readonly Held[] } & (
  | (Step & { readonly right: Denied })
  | { readonly path: string; readonly entry: Entry; readonly bit: "link" }
)

/** A fact nobody told. `entry`: nothing at all is known of what is there. */
export interface Missing {
  readonly path: string
  readonly lacks: Lack | "entry" | "target" | "protected links"
}

/** Not decided for lack of facts; where all of them turn out well, it ends as `otherwise` does. */
export interface Unsure {
  readonly kind: "unsure"
  readonly missing: readonly [Missing, ...Missing[]]
  /** Undefined where even then it is not known what is there. */
  readonly otherwise: Reached | Failed | undefined
}

export type Walked = Reached | Failed | Unsure

/** Links followed on one way (Linux `MAXSYMLINKS`), bytes of a name (`NAME_MAX`), bytes of a path (`PATH_MAX` without its end). */
const MOST_LINKS = 40
const LONGEST_NAME = 255
const LONGEST_PATH = 4095

/**
 * Goes a path as the kernel does (path_resolution(7)): search on each directory, links resolved as they come, and then what
 * is wanted. `path` begins at the root; it may hold `.`, `..`, double and trailing slashes as a program may pass them.
 */
export function walk(tree: FileTree, reader: Reader, path: string, want: Want): Walked {
  if (isLongerThan(path, LONGEST_PATH)) return { kind: "failed", path, held: [], error: "ENAMETOOLONG" }
  if (path === "") return { kind: "failed", path, held: [], error: "ENOENT" }
  const way = new Way(tree, reader, path, want)
  const ended = way.go()
  const [first, ...others] = way.missing
  return first === undefined && ended !== undefined
    ? ended
    : { kind: "unsure", missing: [first ?? { path, lacks: "entry" }, ...others], otherwise: ended }
}

/** A component still to go. */
interface Ahead {
  readonly name: string
  /** It ends the path, or the target of a link that ends it. */
  readonly isLast: boolean
}

class Way {
  readonly missing: Missing[] = []
  readonly #tree: FileTree
  readonly #reader: Reader
  readonly #held: Held[] = []
  readonly #searched = new Set<string>()
  /** Where it stands, and what is there where that is known. */
  #path = "/"
  #entry: Entry | undefined
  /** What lies ahead, the next one at the end. */
  readonly #ahead: Ahead[] = []
  #links = 0
  #mustBeDirectory: boolean
  readonly #want: Want

  constructor(tree: FileTree, reader: Reader, path: string, want: Want) {
    this.#tree = tree
    this.#reader = reader
    this.#want = want
    this.#mustBeDirectory = want === "search" || want === "list"
    this.#setOut(path, true)
  }

  /** Undefined where it cannot be said even with all that is missing taken to be well. */
  go(): Reached | Failed | undefined {
    const lost = this.#arriveAt("/")
    if (lost !== undefined) return lost
    for (let next = this.#ahead.pop(); next !== undefined; next = this.#ahead.pop()) {
      const stopped = this.#search() ?? this.#take(next)
      if (stopped === "lost") return undefined
      if (stopped !== undefined) return stopped
    }
    return this.#end()
  }

  #setOut(path: string, isLast: boolean): void {
    const names = path.split("/").filter((it) => it !== "")
    for (let at = names.length - 1; at >= 0; at--)
      this.#ahead.push({ name: names[at] ?? "", isLast: isLast && at === names.length - 1 })
    if (isLast && path.endsWith("/")) this.#mustBeDirectory = true
  }

  /** What must hold of where it stands before it can go on from there. */
  #search(): Failed | undefined {
    if (this.#entry !== undefined && this.#entry.kind !== "directory") return this.#fail("ENOTDIR", this.#path)
    if (this.#searched.has(this.#path)) return undefined
    this.#searched.add(this.#path)
    return this.#need("execute")
  }

  #take({ name, isLast }: Ahead): Failed | "lost" | undefined {
    if (name === ".") return undefined
    if (name === "..") return this.#arriveAt(parentOf(this.#path))
    const path = childOf(this.#path, name)
    if (isLongerThan(name, LONGEST_NAME)) return this.#fail("ENAMETOOLONG", path)
    const entry = this.#tree.at(path)
    if (entry === "absent" || entry === "unknown" || entry.kind !== "link") return this.#arriveAt(path, entry)
    if (isLast && this.#want === "itself" && !this.#mustBeDirectory) return this.#arriveAt(path, entry)
    return this.#follow(path, entry, isLast)
  }

  #follow(path: string, link: Entry, isLast: boolean): Failed | "lost" | undefined {
    if (++this.#links > MOST_LINKS) return this.#fail("ELOOP", path)
    const mayFollow = isLast ? this.#mayFollow(link) : true
    if (mayFollow === false)
      return { kind: "failed", error: "EACCES", path, entry: link, bit: "link", held: this.#held }
    if (mayFollow === undefined) this.missing.push({ path, lacks: "protected links" })
    if (link.target === undefined) {
      this.missing.push({ path, lacks: "target" })
      return "lost"
    }
    if (link.target === "") return this.#fail("ENOENT", path)
    this.#setOut(link.target, isLast)
    return link.target.startsWith("/") ? this.#arriveAt("/") : undefined
  }

  /** Linux fs/namei.c `may_follow_link`: asked of the last link only, and of root as well. */
  #mayFollow(link: Entry): boolean | undefined {
    const directory = this.#entry
    if (this.#tree.protectsLinks === false || directory === undefined) return true
    if ((directory.mode & 0o1002) !== 0o1002) return true
    const isOwn = isSame(link.user, this.#reader.user)
    const isOfDirectory = directory.user === "unknown" ? undefined : isSame(link.user, directory.user)
    if (isOwn === true || isOfDirectory === true) return true
    if (isOwn === undefined || isOfDirectory === undefined) return undefined
    return this.#tree.protectsLinks === true ? false : undefined
  }

  #arriveAt(path: string, entry = this.#tree.at(path)): Failed | undefined {
    if (entry === "absent") return this.#fail("ENOENT", path)
    this.#path = path
    this.#entry = entry === "unknown" ? undefined : entry
    return undefined
  }

  #end(): Reached | Failed | undefined {
    const entry = this.#entry
    if (entry === undefined) {
      this.missing.push({ path: this.#path, lacks: "entry" })
      return undefined
    }
    if (this.#mustBeDirectory && entry.kind !== "directory") return this.#fail("ENOTDIR", this.#path)
    const failed = this.#needAtEnd()
    return failed ?? { kind: "reached", path: this.#path, entry, held: this.#held }
  }

  #needAtEnd(): Failed | undefined {
    switch (this.#want) {
      case "exists":
      case "itself":
        return undefined
      case "search":
        return this.#need("execute")
      case "list":
        return this.#need("read")
      case "read":
      case "write":
      case "execute":
        return this.#need(this.#want)
    }
  }

  #need(bit: Bit): Failed | undefined {
    const path = this.#path
    const entry = this.#entry
    if (entry === undefined) {
      this.missing.push({ path, lacks: "entry" })
      return undefined
    }
    const right = rightOf(entry, this.#reader, bit)
    switch (right.kind) {
      case "granted":
        this.#held.push({ path, entry, bit, right })
        return undefined
      case "denied":
        return { kind: "failed", error: "EACCES", path, entry, bit, right, held: this.#held }
      case "unknown":
        this.missing.push({ path, lacks: right.lacks })
        return undefined
    }
  }

  #fail(error: "ENOENT" | "ENOTDIR" | "ELOOP" | "ENAMETOOLONG", path: string): Failed {
    return { kind: "failed", error, path, held: this.#held }
  }
}

/** In bytes, as the kernel counts. Most are short enough whatever they are made of. */
const isLongerThan = (text: string, bytes: number): boolean =>
  text.length > bytes || (text.length * 3 > bytes && Buffer.byteLength(text) > bytes)
