import type { Relation } from "../../decision/relation.ts"
import { readEntry, readReader, showEntry } from "./entry-text.ts"
import { type Demand, openings } from "./openings.ts"
import { BIT, type Bit, type Guard, rightOf } from "./rights.ts"

/** `execute by uid=33(www-data) gid=33(www-data)` */
export const showDemand = (bit: Bit, reader: string): string => `${bit} by ${reader}`

/**
 * An entry's line of modes grants one right to one reader.
 *
 * Offers the least of what would make it so: the bit of the owning group where the reader is in it, an entry in the access
 * control list for the reader alone, the bit of all others last.
 */
export const grants: Relation<string, string> = {
  name: "grants",
  holds: (line, demand) => {
    const asked = readDemand(demand)
    return asked !== undefined && isGranted(readEntry(line), asked)
  },
  prepare: (demand) => {
    const asked = readDemand(demand)
    return (line) => asked !== undefined && isGranted(readEntry(line), asked)
  },
  say: (line, demand) =>
    `${line ?? "the mode"} does not grant ${demand === undefined ? "what is needed" : readable(demand)}`,
  offers: (line, demand) => {
    const asked = readDemand(demand)
    const entry = readEntry(line)
    if (asked === undefined || entry === undefined) return []
    return openings(entry, asked).map(({ guard }) => ({ observed: showEntry(guard) }))
  },
}

const readable = (demand: string): string => demand.replace(" by ", " to ")

function readDemand(text: string): Demand | undefined {
  const at = text.indexOf(" by ")
  const bit = text.slice(0, at)
  const reader = readReader(text.slice(at + 4))
  return at > 0 && isBit(bit) && reader !== undefined ? { bit, reader } : undefined
}

const isBit = (text: string): text is Bit => Object.hasOwn(BIT, text)

const isGranted = (entry: Guard | undefined, { bit, reader }: Demand): boolean =>
  entry !== undefined && rightOf(entry, reader, bit).kind === "granted"
