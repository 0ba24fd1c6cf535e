import type { Source } from "../../../decision/source.ts"
import type { Names } from "../names.ts"
import { parentOf } from "../path.ts"
import type { Acl, Entry } from "../tree.ts"
import type { AclSighting } from "./acl-text.ts"
import type { Sighting } from "./sighting.ts"

interface Seen extends Sighting {
  /** Line, from 0. */
  readonly at: number
  /** Nothing said whether it is a file or a directory. */
  readonly isGuess?: boolean
}

/** What the lines of one text said, put together path by path; what was said last holds. */
export class Collected {
  readonly #seen = new Map<string, Seen>()
  readonly #lists = new Map<string, AclSighting>()
  readonly #complete = new Set<string>()
  readonly #from: string
  readonly #names: Names

  constructor(from: string, names: Names) {
    this.#from = from
    this.#names = names
  }

  /** Everything in a directory was listed, the hidden names too. */
  complete(directory: string): void {
    this.#complete.add(directory)
  }

  add(path: string, seen: Seen): void {
    const before = this.#seen.get(path)
    // Less is known of the directory above than where it was listed itself.
    if (before !== undefined && (seen.name === ".." || seen.isGuess === true)) return
    const { user, group } = { ...before, ...seen }
    this.#seen.set(path, {
      ...seen,
      ...(user === undefined ? {} : { user }),
      ...(group === undefined ? {} : { group }),
    })
  }

  addAcl(path: string, acl: AclSighting): void {
    this.#lists.set(path, acl)
  }

  finish() {
    const parents = new Set(Array.from(this.#seen.keys(), parentOf))
    const entries = new Map<string, Entry>()
    for (const [path, seen] of this.#seen) entries.set(path, this.#entryOf(path, seen, parents.has(path)))
    for (const [path, acl] of this.#lists) {
      const entry = this.#listed(path, acl, entries.get(path), parents.has(path))
      if (entry !== undefined) entries.set(path, entry)
    }
    return { entries, complete: this.#complete }
  }

  #entryOf(path: string, seen: Seen, hasChildren: boolean): Entry {
    const { mode, target, size } = seen
    return {
      kind: seen.isGuess === true && hasChildren ? "directory" : seen.kind,
      mode,
      ...this.#owners(seen.user, seen.group),
      source: this.#source(path, seen.at),
      ...(seen.hasAcl === true ? { acl: "unknown" as const } : {}),
      ...(target === undefined ? {} : { target }),
      ...(size === undefined ? {} : { size }),
    }
  }

  #listed(path: string, acl: AclSighting, entry: Entry | undefined, hasChildren: boolean): Entry | undefined {
    const { bits, special, mask } = acl
    const mode = special | (bits.user << 6) | ((mask ?? bits.group) << 3) | bits.other
    const kind = entry?.kind ?? kindOf(acl, mode, hasChildren)
    if (kind === undefined) return undefined
    const known = entry ?? { ...this.#owners(acl.user, acl.group), source: this.#source(path, acl.at) }
    const list = mask === undefined ? undefined : this.#aclOf(acl, mask)
    const { user, group, source } = known
    const rest = entry === undefined ? {} : told(entry)
    return { ...rest, user, group, source, kind, mode, ...(list === undefined ? {} : { acl: list }) }
  }

  #aclOf({ users, groups, bits }: AclSighting, mask: number): Acl {
    return {
      group: bits.group,
      users: new Map(Array.from(users, ([name, permissions]) => [this.#names.user(name), permissions])),
      groups: new Map(Array.from(groups, ([name, permissions]) => [this.#names.group(name), permissions])),
      mask,
    }
  }

  #owners(user: string | undefined, group: string | undefined): Pick<Entry, "user" | "group"> {
    return {
      user: user === undefined ? "unknown" : this.#names.user(user),
      group: group === undefined ? "unknown" : this.#names.group(group),
    }
  }

  #source(path: string, at: number): Source {
    return { file: this.#from, line: at + 1, column: 1, path }
  }
}

const told = ({ target, size }: Entry): Pick<Entry, "target" | "size"> => ({
  ...(target === undefined ? {} : { target }),
  ...(size === undefined ? {} : { size }),
})

/** getfacl does not say what it lists. */
function kindOf({ hasDefault }: AclSighting, mode: number, hasChildren: boolean): Entry["kind"] | undefined {
  if (hasDefault || hasChildren) return "directory"
  return (mode & 0o111) === 0 ? "file" : undefined
}
