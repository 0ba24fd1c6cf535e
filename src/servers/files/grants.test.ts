import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { anyGuard, anyKnownGuard, anyKnownReader, anyReader } from "./any-entry.fixture.ts"
import { readEntry, readReader, showEntry, showReader } from "./entry-text.ts"
import { grants, showDemand } from "./grants.ts"
import { Names } from "./names.ts"
import { openings } from "./openings.ts"
import { type Bit, rightOf } from "./rights.ts"

const bit: fc.Arbitrary<Bit> = fc.constantFrom("read", "write", "execute")
const line = anyGuard.map((it) => showEntry(it))
const demand = fc.tuple(bit, anyReader).map(([it, reader]) => showDemand(it, showReader(reader)))

describe('"grants"', () => {
  test("holds after every offer it makes", () => {
    fc.assert(
      fc.property(line, demand, (o, r) => {
        for (const offer of grants.offers(o, r))
          expect("observed" in offer ? grants.holds(offer.observed, r) : grants.holds(o, offer.required)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test("offers something wherever all is known and it does not hold", () => {
    fc.assert(
      fc.property(anyKnownGuard, anyKnownReader, bit, (guard, reader, what) => {
        const asked = showDemand(what, showReader(reader))
        const holds = grants.holds(showEntry(guard), asked)
        expect(grants.offers(showEntry(guard), asked).length > 0).toBe(!holds)
      }),
    )
  })

  test("judges alike, prepared or not, and as rightOf does", () => {
    fc.assert(
      fc.property(anyGuard, anyReader, bit, (guard, reader, what) => {
        const [o, r] = [showEntry(guard), showDemand(what, showReader(reader))]
        expect(grants.prepare?.(r)(o)).toBe(grants.holds(o, r))
        expect(grants.holds(o, r)).toBe(rightOf(guard, reader, what).kind === "granted")
      }),
      { numRuns: 1000 },
    )
  })

  test("never says what it was not told", () => {
    expect(grants.say(undefined, "read by uid=33 gid=33")).toBe("the mode does not grant read to uid=33 gid=33")
    expect(grants.say("-rw------- 0 0", undefined)).toBe("-rw------- 0 0 does not grant what is needed")
    expect(grants.say(undefined, undefined)).toBe("the mode does not grant what is needed")
  })

  test("holds of nothing that is no line of a listing", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (o, r) => {
        expect(grants.holds(o, r)).toBe(false)
        expect(grants.offers(o, r)).toEqual([])
      }),
    )
  })
})

describe("a line of an entry or a reader", () => {
  test("is read back as it was", () => {
    fc.assert(
      fc.property(anyGuard, anyReader, (guard, reader) => {
        expect(readEntry(showEntry(guard))).toEqual(guard)
        expect(readReader(showReader(reader))).toEqual(reader)
      }),
    )
  })

  test("is read back as it was, whatever the names", () => {
    fc.assert(
      fc.property(anyGuard, anyReader, fc.array(fc.string()), (guard, reader, strings) => {
        const names = new Names()
        for (const [at, name] of strings.entries()) {
          names.knowUser(name, at)
          names.knowGroup(name, at)
        }
        expect(readEntry(showEntry(guard, names))).toEqual(guard)
        expect(readReader(showReader(reader, names))).toEqual(reader)
      }),
    )
  })
})

describe("openings", () => {
  test("take from nobody what they had", () => {
    fc.assert(
      fc.property(anyKnownGuard, anyKnownReader, bit, anyKnownReader, (guard, reader, what, other) => {
        // A reader's own entry, or a new mask, may only add; the kernel's way with an empty mask is the exception.
        fc.pre(guard.acl === undefined || (guard.mode & 0o070) !== 0)
        // The same user in other groups is another reader only in thought; root executes by any bit, a mask's among them.
        fc.pre(other.user !== reader.user && !other.isRoot)
        for (const opening of openings(guard, { bit: what, reader }))
          for (const it of ["read", "write", "execute"] as const)
            if (rightOf(guard, other, it).kind === "granted")
              expect(rightOf(opening.guard, other, it).kind).toBe("granted")
      }),
      { numRuns: 2000 },
    )
  })

  test("give the group's bit to a member, a list entry to a stranger, and the bit of all others last", () => {
    const guard = { kind: "directory", mode: 0o700, user: 1, group: 2 } as const
    const changes = (group: number) =>
      openings(guard, { bit: "execute", reader: { user: 3, group, groups: [], isRoot: false } }).map((it) => it.change)
    expect(changes(2)).toEqual([
      { kind: "mode", to: 0o710, of: "group" },
      { kind: "acl", who: "user", id: 3, permissions: 1 },
    ])
    expect(changes(4)).toEqual([
      { kind: "acl", who: "user", id: 3, permissions: 1 },
      { kind: "mode", to: 0o701, of: "other" },
    ])
  })
})
