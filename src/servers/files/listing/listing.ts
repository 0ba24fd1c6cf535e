import { KnownTree } from "../known-tree.ts"
import { Names } from "../names.ts"
import type { FileTree } from "../tree.ts"
import { readAcl } from "./acl-text.ts"
import { Collected } from "./collected.ts"
import { readBareLine, readLine } from "./line.ts"
import { NameiReader } from "./namei.ts"
import { joined, readCommand } from "./place.ts"
import { readProse } from "./prose.ts"
import { StatReader } from "./stat.ts"

export interface ListingOptions {
  /** How an answer names the text. */
  readonly from: string
  /** Directory that relative names lie in, where the text itself does not say. */
  readonly base?: string
  /** What is known of names and numbers; learns from the text, so that readers are best asked of it afterwards. */
  readonly names?: Names
}

/** What a text tells of a file system. */
export interface Listing {
  readonly tree: FileTree
  readonly names: Names
  /** Paths of which it says something, in the order first seen. */
  readonly paths: readonly string[]
}

const LONGEST_TEXT = 4 * 1024 * 1024
const MOST_LINES = 20_000
const LONGEST_LINE = 8192

/**
 * Reads what people paste to show modes and owners: `ls -l` in all dialects, `namei -l`, `stat`, `getfacl`, `find -ls`,
 * `tar -tv`, prompts and commands between them, or a sentence that names a path with its mode. Never throws; what is not
 * certain is left out, and what lies beyond four megabytes or 20 000 lines is not read.
 */
export function readListing(text: string, options: ListingOptions): Listing {
  const names = options.names ?? new Names()
  const lines = text.slice(0, LONGEST_TEXT).split("\n", MOST_LINES).map(tidy)
  const reading = new Reading(options, names, lines)
  for (let at = 0; at < lines.length; at++) reading.read(lines, at)
  const { entries, complete } = reading.collected.finish()
  return { tree: new KnownTree(entries, complete), names, paths: Array.from(entries.keys()) }
}

/** As a terminal shows it: without colours and carriage returns, and without the marks of a quotation in a mail or a ticket. */
const tidy = (line: string): string =>
  line
    .slice(0, LONGEST_LINE)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: `ls --color` writes them
    .replace(/\u001b\[[0-9;]{0,16}[mK]/g, "")
    .replace(/\r$/, "")
    .replace(/^(?:> ?){1,4}/, "")

class Reading {
  readonly collected: Collected
  readonly #namei = new NameiReader()
  readonly #stat: StatReader
  #cwd: string | undefined
  /** Directory the names of the listing at hand lie in. */
  #directory: string | undefined
  /** Whether the listing at hand began as `ls` begins a directory. */
  #hasTotal = false
  /** Whether getfacl said that it took the first slash off. */
  readonly #isRooted: boolean

  constructor({ from, base }: ListingOptions, names: Names, lines: readonly string[]) {
    this.#isRooted = lines.some((it) => it.startsWith("getfacl: Removing leading '/'"))
    this.collected = new Collected(from, names)
    this.#stat = new StatReader(names)
    this.#cwd = base === undefined ? undefined : joined(undefined, base)
    this.#directory = this.#cwd
  }

  read(lines: readonly string[], at: number): void {
    const line = lines[at] ?? ""
    if (this.#readPlace(line) || this.#namei.begin(line, this.#cwd)) return
    if (line.startsWith("# file: ")) {
      const acl = readAcl(lines, at)
      const path = acl === undefined ? undefined : this.#aclPath(acl.name)
      if (acl !== undefined && path !== undefined) this.collected.addAcl(path, acl)
      return
    }
    const status = this.#stat.read(line)
    if (status !== undefined) {
      this.#add({ ...status, at, directory: this.#cwd })
      return
    }
    this.#readEntry(line, at)
  }

  #readEntry(line: string, at: number): void {
    const seen = readLine(line)
    if (seen !== undefined) {
      this.#namei.end()
      this.#add({ ...seen, at, directory: this.#directory })
      return
    }
    const component = this.#namei.read(line) ?? readBareLine(line)
    if (component !== undefined) {
      this.#add({ ...component, at, directory: undefined })
      return
    }
    for (const it of readProse(line)) this.#add({ ...it, at, directory: undefined })
  }

  #add(seen: Parameters<Collected["add"]>[1] & { readonly directory: string | undefined }): void {
    const path = joined(seen.directory, seen.name)
    if (path !== undefined) this.collected.add(path, seen)
    if (seen.name === ".." && seen.directory !== undefined && this.#hasTotal) this.collected.complete(seen.directory)
  }

  /** A prompt with a command, or the heading of a directory in `ls -R`. */
  #readPlace(line: string): boolean {
    const heading = /^((?:\/|\.).{0,4096}|'.{1,4096}'):$/.exec(line)?.[1]
    if (heading !== undefined) {
      this.#directory = joined(this.#cwd, heading.replace(/^'(.*)'$/, "$1"))
      this.#hasTotal = false
      return true
    }
    const command = readCommand(line)
    if (command === undefined) return this.#readTotal(line)
    if (command.cwd !== undefined) this.#cwd = command.cwd
    const [path, ...others] = command.paths
    if (command.name === "cd") this.#cwd = path === undefined ? undefined : joined(this.#cwd, path)
    const isOfDirectory = (command.name === "ls" || command.name === "ll") && !command.flags.includes("d")
    this.#directory = isOfDirectory && path !== undefined && others.length === 0 ? joined(this.#cwd, path) : this.#cwd
    this.#hasTotal = false
    return true
  }

  /** `total 24`, in whatever language: a whole directory follows. */
  #readTotal(line: string): boolean {
    const isTotal = /^\S{1,16} \d{1,12}(?:[.,]\d)?[KMGT]?$/.test(line)
    if (isTotal) this.#hasTotal = true
    return isTotal
  }

  /** getfacl takes the first slash off, and says so in a line of its own. */
  #aclPath(name: string): string | undefined {
    if (name.startsWith("/")) return joined(undefined, name)
    return this.#isRooted || ROOTED.test(name) ? joined("/", name) : joined(this.#cwd, name)
  }
}

/** Directories found at the root of most systems. */
const ROOTED = /^(?:bin|boot|data|etc|home|mnt|media|opt|root|run|srv|tmp|usr|var|Users|www)(?:\/|$)/
