import { readMode, readPermissions, showMode, showPermissions } from "./mode-text.ts"
import { numberOf } from "./names.ts"
import type { Guard } from "./rights.ts"
import type { Acl, Reader } from "./tree.ts"

// Entries and readers as one line of text: what a person reads as evidence is the very value that is decided about. Ids are
// written as numbers with their names behind, `33(www-data)`; below zero they stand for a name whose number nobody told.

/** Names of numbers, for people; deciding does without. */
export interface IdNames {
  showUser(id: number | "unknown"): string
  showGroup(id: number | "unknown"): string
}
export const NUMBERS: IdNames = { showUser: String, showGroup: String }

/** `drwxr-x---+ 0(root) 33(www-data) user:1000(alice):r-x group::r-x mask::r-x` */
export function showEntry({ acl, ...entry }: Guard, names: IdNames = NUMBERS): string {
  const mark = acl === undefined ? "" : "+"
  const list = acl === undefined ? [] : acl === "unknown" ? ["list:unknown"] : showAcl(acl, names)
  return [
    `${showMode(entry)}${mark}`,
    idText(entry.user, names.showUser(entry.user)),
    idText(entry.group, names.showGroup(entry.group)),
    ...list,
  ].join(" ")
}

const showAcl = ({ users, group, groups, mask }: Acl, names: IdNames): readonly string[] => [
  ...Array.from(users, ([id, bits]) => `user:${idText(id, names.showUser(id))}:${showPermissions(bits)}`),
  `group::${showPermissions(group)}`,
  ...Array.from(groups, ([id, bits]) => `group:${idText(id, names.showGroup(id))}:${showPermissions(bits)}`),
  `mask::${showPermissions(mask)}`,
]

/** What `showEntry` wrote, as far as it decides; undefined for anything else. */
export function readEntry(text: string): Guard | undefined {
  const [first = "", user, group, ...list] = text.split(" ")
  const mode = readMode(first.replace("+", ""))
  const owner = readId(user)
  const owning = readId(group)
  if (mode === undefined || owner === undefined || owning === undefined) return undefined
  const acl = !first.endsWith("+") ? undefined : list[0] === "list:unknown" ? "unknown" : readAcl(list)
  return { ...mode, user: owner, group: owning, ...(acl === undefined ? {} : { acl }) }
}

function readAcl(list: readonly string[]): Acl {
  const users = new Map<number, number>()
  const groups = new Map<number, number>()
  let group = 0
  let mask = 0
  for (const it of list) {
    const [tag, who = "", bits = ""] = it.split(":")
    const id = readId(who)
    if (tag === "mask") mask = readPermissions(bits)
    else if (tag === "group" && who === "") group = readPermissions(bits)
    else if (typeof id === "number") (tag === "user" ? users : groups).set(id, readPermissions(bits))
  }
  return { users, group, groups, mask }
}

/** `uid=33(www-data) gid=33(www-data) groups=44(video)`, as `id` says it. */
export function showReader(
  { user, group, groups, isRoot, mayHaveMoreGroups }: Reader,
  names: IdNames = NUMBERS,
): string {
  const others = groups.map((it) => idText(it, names.showGroup(it)))
  return [
    `uid=${idText(user, names.showUser(user))}`,
    `gid=${idText(group, names.showGroup(group))}`,
    ...(others.length > 0 ? [`groups=${others.join(",")}`] : []),
    ...(isRoot !== (user === 0) ? [isRoot ? "reads all" : "bound by modes"] : []),
    ...(mayHaveMoreGroups === true ? ["maybe in more groups"] : []),
  ].join(" ")
}

const READER = /^uid=(\S+) gid=(\S+)(?: groups=(\S+))?( reads all)?( bound by modes)?( maybe in more groups)?$/

export function readReader(text: string): Reader | undefined {
  const [whole, uid, gid, others, readsAll, isBound, more] = READER.exec(text) ?? []
  const user = readId(uid)
  const group = readId(gid)
  if (whole === undefined || typeof user !== "number" || typeof group !== "number") return undefined
  const groups = (others ?? "").split(",").flatMap((it) => {
    const id = readId(it)
    return typeof id === "number" ? [id] : []
  })
  const isRoot = readsAll !== undefined || (user === 0 && isBound === undefined)
  return { user, group, groups, isRoot, ...(more === undefined ? {} : { mayHaveMoreGroups: true }) }
}

/** A name comes from a listing and may hold anything; what would be read as something else is left out. */
const idText = (id: number | "unknown", name: string): string =>
  id === "unknown" ? "?" : name === String(id) ? name : `${id}(${name.replace(/[^\w.@$-]/g, "_")})`

function readId(text: string | undefined): number | "unknown" | undefined {
  if (text === "?") return "unknown"
  const [, sign = "", digits] = /^(-?)(\d{1,10})(?:\([^():,]*\))?$/.exec(text ?? "") ?? []
  const id = numberOf(digits)
  return id === undefined ? undefined : sign === "-" ? -id : id
}
