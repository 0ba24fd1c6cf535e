import { visible } from "../../text/excerpt.ts"
import type { Patch } from "../patch.ts"
import type { Candidate } from "../remedies.ts"
import { type IdNames, NUMBERS } from "./entry-text.ts"
import { showPermissions } from "./mode-text.ts"
import { type Opening, openings } from "./openings.ts"
import type { Bit } from "./rights.ts"
import { shellWord } from "./shell-word.ts"
import type { Entry, Reader } from "./tree.ts"
import type { Barred } from "./walk.ts"

/** Changes that may mend one step a walk was denied, least grant first; none where no mode would help. */
export function fileCandidates(barred: Barred, reader: Reader, names: IdNames = NUMBERS): readonly Candidate[] {
  if (barred.bit === "link") return []
  const { path, entry, bit } = barred
  return openings(entry, { bit, reader }).map((it) => ({
    does: `Let ${whom(it, entry, reader, names)} ${doing(bit, entry)} ${visible(path)}`,
    patches: [patchOf(it, path, entry)],
    written: [commandOf(it, path, bit, names)],
  }))
}

function patchOf({ change }: Opening<Entry>, path: string, entry: Entry): Patch {
  if (change.kind === "mode") return { kind: "mode", path, from: entry.mode, to: change.to }
  const { who, id, permissions } = change
  return { kind: "acl", path, who, id, permissions }
}

const DOING = { read: "read", write: "write to", execute: "execute" } as const

/** As a person says it: `Let www-data search /srv/www`. */
const doing = (bit: Bit, { kind }: Pick<Entry, "kind">): string =>
  kind === "directory" && bit === "execute" ? "search" : kind === "directory" && bit === "read" ? "list" : DOING[bit]

function whom({ change }: Opening<Entry>, entry: Entry, reader: Reader, names: IdNames): string {
  if (change.kind === "acl") return `${visible(names.showUser(reader.user))} alone`
  switch (change.of) {
    case "owner":
      return `its owner, ${visible(names.showUser(entry.user))},`
    case "group":
      return `its group, ${visible(names.showGroup(entry.group))},`
    case "other":
      return "every user of the host"
  }
}

const LETTER = { owner: "u", group: "g", other: "o" } as const

function commandOf({ change }: Opening<Entry>, path: string, bit: Bit, names: IdNames): string {
  if (change.kind === "mode") return `chmod ${LETTER[change.of]}+${BIT_LETTER[bit]} ${shellWord(path)}`
  const entry = `u:${names.showUser(change.id)}:${showPermissions(change.permissions)}`
  return `setfacl -m ${shellWord(entry)} ${shellWord(path)}`
}

const BIT_LETTER = { read: "r", write: "w", execute: "x" } as const
