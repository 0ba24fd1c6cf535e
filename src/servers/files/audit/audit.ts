import { type IdNames, NUMBERS, showReader } from "../entry-text.ts"
import { childOf, isBelow } from "../path.ts"
import { rightOf } from "../rights.ts"
import type { Entry, FileTree, Reader } from "../tree.ts"
import { type Walked, walk } from "../walk.ts"
import { entryFaults, type FilesSite, fault, opened } from "./entry-faults.ts"
import type { FilesFinding } from "./finding.ts"
import { Gathered } from "./gathered.ts"

export interface AuditOptions {
  readonly tree: FileTree
  /** Document root, absolute. */
  readonly root: string
  /** As whom the server reads. */
  readonly reader: Reader
  readonly names?: IdNames
  /** Names of index files; none where the server has a program answer for directories. */
  readonly indexes?: readonly string[]
  /** Entries looked at before it stops, 100 000 unless told, and levels below the root, 32 unless told. */
  readonly mostEntries?: number
  readonly deepest?: number
}

/** What an audit found. Printed as it is with `--json`; its names are a promise. */
export interface Audit {
  readonly root: string
  /** As `id` shows it. */
  readonly reader: string
  readonly findings: readonly FilesFinding[]
  /** Entries looked at. */
  readonly looked: number
  /** What could not be judged, as whoever runs the audit may not look at it, or not all of it is known: the first, and how many. */
  readonly unread: { readonly count: number; readonly examples: readonly string[] }
  /** Why not everything was looked at; null where it was. */
  readonly stopped: "entries" | "depth" | null
}

const MOST_ENTRIES = 100_000
const DEEPEST = 32
const MOST_UNREAD = 5
const INDEXES = ["index.html", "index.htm", "index.php"]
/** Sees what is there whoever may: it is the tree that knows less for an ordinary user. */
const ANYONE: Reader = { user: 0, group: 0, groups: [], isRoot: true }

/** Looks through a document root for modes, owners and links that refuse too much or too little. Changes nothing. */
export function auditRoot(options: AuditOptions): Audit {
  const run = new Run(options)
  run.all()
  return run.audit()
}

interface Place {
  readonly path: string
  readonly depth: number
  /** A name on the way below the root begins with a dot. */
  readonly isHidden: boolean
}

class Run {
  readonly #options: AuditOptions
  readonly #site: FilesSite
  readonly #gathered: Gathered
  readonly #unread: string[] = []
  #unreadCount = 0
  #looked = 0
  #stopped: Audit["stopped"] = null
  /** Where the root lies with links resolved. */
  #root: string

  constructor(options: AuditOptions) {
    const { tree, reader, names = NUMBERS } = options
    this.#options = options
    this.#root = options.root
    this.#site = { tree, reader, names }
    this.#gathered = new Gathered(names)
  }

  audit(): Audit {
    return {
      root: this.#options.root,
      reader: showReader(this.#site.reader, this.#site.names),
      findings: this.#gathered.findings(),
      looked: this.#looked,
      unread: { count: this.#unreadCount, examples: this.#unread },
      stopped: this.#stopped,
    }
  }

  all(): void {
    const { tree } = this.#site
    const { root, mostEntries = MOST_ENTRIES, deepest = DEEPEST } = this.#options
    this.#judgeWay()
    const there = walk(tree, ANYONE, root, "search")
    if (there.kind !== "reached") {
      this.#missed(root)
      return
    }
    this.#root = there.path
    const places: Place[] = [{ path: there.path, depth: 0, isHidden: false }]
    // Grows while it is walked: level by level, so that what stops early has seen what lies near the root.
    for (const place of places) {
      if (this.#looked >= mostEntries) {
        this.#stopped = "entries"
        return
      }
      const entry = this.#judge(place.path)
      if (entry?.kind !== "directory") continue
      if (place.depth >= deepest) this.#stopped = "depth"
      else places.push(...this.#enter(place, entry).slice(0, Math.max(0, mostEntries + 1 - places.length)))
    }
  }

  /** The directories above the root: what bars there bars everything. */
  #judgeWay(): void {
    const { tree, reader } = this.#site
    const walked = walk(tree, reader, this.#options.root, "exists")
    const ended = walked.kind === "unsure" ? walked.otherwise : walked
    if (ended?.kind !== "failed" || ended.error !== "EACCES") return
    this.#gathered.add(fault("way-barred", ended.path, ended.entry, opened(this.#site, ended)))
  }

  /** What lies in a directory. */
  #enter({ path, depth, isHidden }: Place, entry: Entry): readonly Place[] {
    const names = this.#site.tree.names(path)
    if (names === "unknown") {
      this.#missed(path)
      return []
    }
    const { indexes = INDEXES } = this.#options
    // Hidden directories, such as a repository, are not there to be asked for.
    if (!isHidden && indexes.length > 0 && !indexes.some((it) => names.includes(it)))
      this.#gathered.add(fault("directory-without-index", path, entry))
    return names.map((name) => ({
      path: childOf(path, name),
      depth: depth + 1,
      isHidden: isHidden || name.startsWith("."),
    }))
  }

  #judge(path: string): Entry | undefined {
    const entry = this.#site.tree.at(path)
    if (entry === "absent") return undefined
    if (entry === "unknown") {
      this.#missed(path)
      return undefined
    }
    this.#looked++
    if (entry.kind === "link") this.#judgeLink(path, entry)
    else this.#judgeEntry(path, entry)
    return entry
  }

  #judgeEntry(path: string, entry: Entry): void {
    const bit = entry.kind === "directory" ? "execute" : "read"
    if (rightOf(entry, this.#site.reader, bit).kind === "unknown") this.#missed(path)
    for (const it of entryFaults(this.#site, path, entry)) this.#gathered.add(it)
  }

  #judgeLink(path: string, entry: Entry): void {
    const { tree, reader } = this.#site
    const end = walk(tree, ANYONE, path, "exists")
    if (end.kind === "unsure") {
      this.#missed(path)
      return
    }
    if (end.kind === "failed") this.#gathered.add(fault("link-dangling", path, entry))
    else if (!isBelow(end.path, this.#root)) this.#gathered.add(fault("link-out-of-root", path, entry))
    const walked: Walked = walk(tree, reader, path, "exists")
    if (end.kind === "failed" || walked.kind !== "failed" || walked.error !== "EACCES") return
    // What bars on the way to the link itself is a finding of its own.
    if (walked.bit === "link" || !isBelow(path, walked.path))
      this.#gathered.add(fault("link-barred", path, entry, opened(this.#site, walked)))
  }

  #missed(path: string): void {
    this.#unreadCount++
    if (this.#unread.length < MOST_UNREAD) this.#unread.push(path)
  }
}
