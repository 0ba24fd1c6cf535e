import type { Acl, Entry, Reader } from "./tree.ts"

/** One bit of a class's three. Of a directory, `execute` is the right to search it. */
export const BIT = { read: 4, write: 2, execute: 1 } as const
export type Bit = keyof typeof BIT

/** Whose bits decide: the first class a reader belongs to, and no other. `root` is bound by none. */
export type Class = "root" | "owner" | "named user" | "group" | "named group" | "other"

/** What would have to be known to tell. */
export type Lack = "user" | "group" | "acl" | "groups of the reader"

export type Right = Granted | Denied | { readonly kind: "unknown"; readonly lacks: Lack }

export interface Granted {
  readonly kind: "granted"
  readonly by: Class
}

export interface Denied {
  readonly kind: "denied"
  readonly by: Class
}

/** What of an entry decides who may do what with it. */
export type Guard = Pick<Entry, "kind" | "mode" | "user" | "group" | "acl">

/**
 * Whether an entry grants one bit to a reader, as the kernel decides it (Linux fs/namei.c `acl_permission_check`,
 * fs/posix_acl.c `posix_acl_permission`). Where a fact is missing that would not change the answer, it is not asked for.
 */
export function rightOf(entry: Guard, reader: Reader, bit: Bit): Right {
  const want = BIT[bit]
  if (reader.isRoot) return verdict(want !== BIT.execute || entry.kind !== "file" || (entry.mode & 0o111) !== 0, "root")
  const isOwner = isSame(entry.user, reader.user)
  const asOwner = verdict((entry.mode & (want << 6)) !== 0, "owner")
  if (isOwner === true) return asOwner
  const otherwise = rightOfOthers(entry, reader, want)
  if (isOwner === false || otherwise.kind === asOwner.kind) return otherwise
  return { kind: "unknown", lacks: "user" }
}

function rightOfOthers(entry: Guard, reader: Reader, want: number): Right {
  const { acl, mode } = entry
  // With an empty mask the kernel does not look at the list at all, so that "other" decides for those named in it.
  if (acl === undefined || (mode & 0o070) === 0) return rightByMode(entry, reader, want)
  if (acl === "unknown") {
    const mayBeGranted = (mode & ((want << 3) | want)) !== 0
    return mayBeGranted ? { kind: "unknown", lacks: "acl" } : verdict(false, "other")
  }
  return rightByList(acl, entry, reader, want)
}

function rightByMode(entry: Guard, reader: Reader, want: number): Right {
  const asGroup = verdict((entry.mode & (want << 3)) !== 0, "group")
  const asOther = verdict((entry.mode & want) !== 0, "other")
  const isMember = isIn(entry.group, reader)
  if (isMember === undefined && asGroup.kind !== asOther.kind) return lackingGroup(entry.group, reader)
  return isMember === true ? asGroup : asOther
}

function rightByList(acl: Acl, entry: Guard, reader: Reader, want: number): Right {
  const masked = (permissions: number): boolean => (permissions & acl.mask & want) !== 0
  for (const [user, permissions] of acl.users) {
    const isNamed = isSame(user, reader.user)
    if (isNamed === undefined) return { kind: "unknown", lacks: "user" }
    if (isNamed) return verdict(masked(permissions), "named user")
  }
  let denying: Class | undefined
  let isUnsure = false
  const owning = isIn(entry.group, reader)
  if (owning === true && masked(acl.group)) return verdict(true, "group")
  if (owning === true) denying = "group"
  if (owning === undefined) isUnsure = true
  for (const [group, permissions] of acl.groups) {
    const isMember = isIn(group, reader)
    if (isMember === true && masked(permissions)) return verdict(true, "named group")
    if (isMember === true) denying ??= "named group"
    if (isMember === undefined) isUnsure = true
  }
  if (isUnsure) return lackingGroup(entry.group, reader)
  return denying === undefined ? verdict((entry.mode & want) !== 0, "other") : verdict(false, denying)
}

const verdict = (grants: boolean, by: Class): Granted | Denied => ({ kind: grants ? "granted" : "denied", by })

const lackingGroup = (group: Entry["group"], reader: Reader): Right => ({
  kind: "unknown",
  lacks: group !== "unknown" && reader.mayHaveMoreGroups === true ? "groups of the reader" : "group",
})

/** Undefined where one is a name and the other a number, and no one told which number the name has. */
export function isSame(a: number | "unknown", b: number): boolean | undefined {
  if (a === "unknown") return undefined
  // Root is known by both.
  return a < 0 === b < 0 || a === 0 || b === 0 ? a === b : undefined
}

/** Whether a group is one of a reader's. */
function isIn(group: number | "unknown", reader: Reader): boolean | undefined {
  let isUnsure = reader.mayHaveMoreGroups === true
  const own = isSame(group, reader.group)
  if (own === true) return true
  if (own === undefined) isUnsure = true
  for (const it of reader.groups) {
    const same = isSame(group, it)
    if (same === true) return true
    if (same === undefined) isUnsure = true
  }
  return isUnsure ? undefined : false
}
