import type { Source } from "../../decision/source.ts"

/**
 * A user or a group by number. Below zero it stands for a name whose number nobody told: two of them are equal where the
 * names are, and whether one is a certain number is not known.
 */
type Id = number

/** Who reads: effective user, group and supplementary groups. */
export interface Reader {
  readonly user: Id
  readonly group: Id
  readonly groups: readonly Id[]
  /** They may be in other groups too, as nobody said. Absent: these are all. */
  readonly mayHaveMoreGroups?: boolean
  /** Reads whatever the modes say (CAP_DAC_OVERRIDE). */
  readonly isRoot: boolean
}

/** POSIX.1e access control list beyond the mode. `mode`'s group bits are then the mask. Permissions are 0–7. */
export interface Acl {
  readonly group: number
  readonly users: ReadonlyMap<Id, number>
  readonly groups: ReadonlyMap<Id, number>
  readonly mask: number
}

export interface Entry {
  readonly kind: "directory" | "file" | "link" | "other"
  /** Twelve bits: set-user-id, set-group-id, sticky and the nine of permission. */
  readonly mode: number
  /** `unknown`: the mode was given without them. */
  readonly user: Id | "unknown"
  readonly group: Id | "unknown"
  /** `unknown`: it has one (`+` in a listing) and what it says was not given. */
  readonly acl?: Acl | "unknown"
  /** Of a link: what it points to, as stored. */
  readonly target?: string
  readonly size?: number
  /** Modification, in seconds since 1970. */
  readonly modified?: number
  /** Where that is known from: the file system itself, or the line of a listing. */
  readonly source: Source
}

/** What is known of a file system. Paths are absolute, without `.`, `..`, double or trailing slashes; links are not followed. */
export interface FileTree {
  /** `absent`: it is known not to be there. `unknown`: nobody said. */
  at(path: string): Entry | "absent" | "unknown"
  /** Names in a directory, or `unknown` where the list is not known to be complete. */
  names(path: string): readonly string[] | "unknown"
  /**
   * Whether links that lie in a directory open to all and sticky are followed only for their owners (Linux,
   * `fs.protected_symlinks`). Absent: nobody said.
   */
  readonly protectsLinks?: boolean
}
