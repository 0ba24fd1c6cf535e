import fc from "fast-check"
import type { Guard } from "./rights.ts"
import type { Acl, Reader } from "./tree.ts"

// Few ids, so that they meet; below zero they are names without a number.
const known = fc.constantFrom(0, 1, 2, 3)
const id = fc.constantFrom(0, 1, 2, 3, -2, -3)
const bits = fc.nat(7)

const listOf = (ids: fc.Arbitrary<number>): fc.Arbitrary<ReadonlyMap<number, number>> =>
  fc.uniqueArray(fc.tuple(ids, bits), { selector: ([it]) => it, maxLength: 3 }).map((it) => new Map(it))

/** As the kernel keeps it: where there is a list, its mask is what the mode shows for the group. */
const guardWith = (ids: fc.Arbitrary<number | "unknown">, list: fc.Arbitrary<number>, unknown: boolean) =>
  fc
    .record({
      kind: fc.constantFrom("directory", "file"),
      mode: fc.nat(0o7777),
      user: ids,
      group: ids,
      acl: fc.option(fc.record({ group: bits, users: listOf(list), groups: listOf(list), mask: bits })),
      isListKnown: unknown ? fc.boolean() : fc.constant(true),
    })
    .map(({ acl, isListKnown, ...it }): Guard => {
      if (acl === null) return it
      const mode = (it.mode & ~0o070) | (acl.mask << 3)
      return { ...it, mode, acl: isListKnown ? acl : "unknown" }
    })

/** Everything is told, by number. */
export const anyKnownGuard: fc.Arbitrary<Guard> = guardWith(known, known, false)

/** Some is not told, or only by name. */
export const anyGuard: fc.Arbitrary<Guard> = guardWith(fc.oneof(id, fc.constant("unknown" as const)), id, true)

const readerWith = (ids: fc.Arbitrary<number>) =>
  fc
    .record({ user: ids, group: ids, groups: fc.uniqueArray(ids, { maxLength: 3 }) })
    .map((it): Reader => ({ ...it, isRoot: it.user === 0 }))

export const anyKnownReader: fc.Arbitrary<Reader> = readerWith(known)

export const anyReader: fc.Arbitrary<Reader> = fc
  .record({ reader: readerWith(id), more: fc.boolean() })
  .map(({ reader, more }) => (more ? { ...reader, mayHaveMoreGroups: true } : reader))

export const anyAcl: fc.Arbitrary<Acl> = fc.record({
  group: bits,
  users: listOf(known),
  groups: listOf(known),
  mask: bits,
})
