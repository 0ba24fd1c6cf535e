import { withMode } from "../changed.ts"
import { BIT, type Bit, rightOf } from "../rights.ts"
import { shellWord } from "../shell-word.ts"
import type { Entry, Reader } from "../tree.ts"
import type { Change } from "./finding.ts"

const CLASS = {
  owner: { shift: 6, letter: "u" },
  group: { shift: 3, letter: "g" },
  other: { shift: 0, letter: "o" },
} as const
const LETTER = { read: "r", write: "w", execute: "x" } as const
const DOING = { read: "read it", write: "write to it", execute: "search or execute it" } as const

/** Takes one bit from one class. */
export function without(entry: Entry, path: string, bit: Bit, of: keyof typeof CLASS): Change {
  const { shift, letter } = CLASS[of]
  return {
    does: `Take the right to ${DOING[bit]} from ${of === "other" ? "everyone else" : `its ${of}`}`,
    written: `chmod ${letter}-${LETTER[bit]} ${shellWord(path)}`,
    after: withMode(entry, entry.mode & ~(BIT[bit] << shift)),
  }
}

/**
 * Takes one bit from whoever a reader is to the entry. Undefined where a mode cannot do it: it is granted by an access control
 * list, or to the owner, who could give it back.
 */
export function closed(entry: Entry, path: string, reader: Reader, bit: Bit): Change | undefined {
  const right = rightOf(entry, reader, bit)
  if (right.kind !== "granted" || (right.by !== "group" && right.by !== "other") || entry.acl !== undefined)
    return undefined
  const change = without(entry, path, bit, right.by)
  return rightOf(change.after, reader, bit).kind === "denied" ? change : undefined
}

/** Takes set-user-id and set-group-id. */
export const withoutSetId = (entry: Entry, path: string): Change => ({
  does: "Take set-user-id and set-group-id",
  written: `chmod u-s,g-s ${shellWord(path)}`,
  after: withMode(entry, entry.mode & ~0o6000),
})

/** Gives it to root. */
export const ownedByRoot = (entry: Entry, path: string): Change => ({
  does: "Give it to root",
  written: `chown root ${shellWord(path)}`,
  after: { ...entry, user: 0, mode: entry.kind === "directory" ? entry.mode : entry.mode & ~0o6000 },
})

/** Whether a change leaves a reader every right to read and search that they had. */
export function keeps(entry: Entry, { after }: Change, reader: Reader): boolean {
  const bits: readonly Bit[] = entry.kind === "directory" ? ["read", "execute"] : ["read"]
  return bits.every(
    (it) => rightOf(entry, reader, it).kind !== "granted" || rightOf(after, reader, it).kind === "granted",
  )
}
