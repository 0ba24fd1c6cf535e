import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { anyAcl, anyGuard, anyReader } from "./any-entry.fixture.ts"
import { type Bit, type Guard, rightOf } from "./rights.ts"
import { directory, file, reader } from "./tree.fixture.ts"
import type { Acl, Reader } from "./tree.ts"

const bit: fc.Arbitrary<Bit> = fc.constantFrom("read", "write", "execute")

/** Numbers for names, owners for what nobody told, groups the reader may be in beside. */
interface World {
  readonly numbers: ReadonlyMap<number, number>
  readonly unknown: number
  readonly acl: Acl
  readonly groups: readonly number[]
}
const anyWorld: fc.Arbitrary<World> = fc.record({
  // Different names are different users, and none of them is root.
  numbers: fc.constantFrom(
    new Map([
      [-2, 1],
      [-3, 2],
    ]),
    new Map([
      [-2, 2],
      [-3, 9],
    ]),
    new Map([
      [-2, 8],
      [-3, 9],
    ]),
  ),
  unknown: fc.constantFrom(0, 1, 2, 3, 9),
  acl: anyAcl,
  groups: fc.subarray([0, 1, 2, 3, 9]),
})

const number = (it: number, { numbers }: World): number => numbers.get(it) ?? it

function guardIn(guard: Guard, world: World): Guard {
  const own = (it: number | "unknown"): number => (it === "unknown" ? world.unknown : number(it, world))
  const list = (it: ReadonlyMap<number, number>) => new Map(Array.from(it, ([id, bits]) => [number(id, world), bits]))
  const told = guard.acl === "unknown" ? { ...world.acl, mask: (guard.mode >> 3) & 7 } : guard.acl
  const acl = told === undefined ? {} : { acl: { ...told, users: list(told.users), groups: list(told.groups) } }
  const { kind, mode, user, group } = guard
  return { kind, mode, user: own(user), group: own(group), ...acl }
}

function readerIn(it: Reader, world: World): Reader {
  const groups = [...it.groups.map((id) => number(id, world)), ...(it.mayHaveMoreGroups === true ? world.groups : [])]
  return { user: number(it.user, world), group: number(it.group, world), groups, isRoot: it.isRoot }
}

/** Two names, or a name and a number in one list, may not turn out to be the same. */
const isOneWorld = (before: Guard, after: Guard): boolean =>
  typeof before.acl !== "object" ||
  (typeof after.acl === "object" &&
    after.acl.users.size === before.acl.users.size &&
    after.acl.groups.size === before.acl.groups.size)

describe("rightOf", () => {
  test("what is decided stays so whatever turns out of what was not told", () => {
    fc.assert(
      fc.property(anyGuard, anyReader, bit, anyWorld, (guard, who, what, world) => {
        const decided = rightOf(guard, who, what)
        const known = guardIn(guard, world)
        fc.pre(isOneWorld(guard, known))
        const told = rightOf(known, readerIn(who, world), what)
        expect(told.kind).not.toBe("unknown")
        if (decided.kind !== "unknown") expect(told.kind).toBe(decided.kind)
      }),
      { numRuns: 5000 },
    )
  })

  test("a member of the group is not let in by what others may", () => {
    expect(rightOf(file(0o604, 1, 2), reader(5, 2), "read")).toEqual({ kind: "denied", by: "group" })
    expect(rightOf(file(0o604, 1, 2), reader(5, 6), "read")).toEqual({ kind: "granted", by: "other" })
    expect(rightOf(file(0o044, 5, 2), reader(5, 2), "read")).toEqual({ kind: "denied", by: "owner" })
  })

  test("a supplementary group counts as the first does", () => {
    expect(rightOf(directory(0o710, 1, 2), reader(5, 6, 7, 2), "execute")).toEqual({ kind: "granted", by: "group" })
  })

  test("the mask cuts down what a list grants", () => {
    const acl = { group: 7, users: new Map([[5, 7]]), groups: new Map(), mask: 1 }
    expect(rightOf({ ...directory(0o710, 1, 2), acl }, reader(5, 6), "read")).toEqual({
      kind: "denied",
      by: "named user",
    })
  })

  test("with an empty mask those named in the list are others, as the kernel has it", () => {
    const acl = { group: 7, users: new Map([[5, 7]]), groups: new Map(), mask: 0 }
    expect(rightOf({ ...file(0o704, 1, 2), acl }, reader(5, 6), "read")).toEqual({ kind: "granted", by: "other" })
  })

  test("root reads all and executes what anyone may", () => {
    expect(rightOf(directory(0), reader(0, 0), "execute").kind).toBe("granted")
    expect(rightOf(file(0), reader(0, 0), "read").kind).toBe("granted")
    expect(rightOf(file(0o644), reader(0, 0), "execute").kind).toBe("denied")
    expect(rightOf(file(0o001), reader(0, 0), "execute").kind).toBe("granted")
  })

  test("asks for what is missing only where it decides", () => {
    const owned = { ...directory(0o755), user: "unknown", group: "unknown" } as const
    expect(rightOf(owned, reader(5, 6), "execute").kind).toBe("granted")
    expect(rightOf({ ...owned, user: 1, mode: 0o710 }, reader(5, 6), "execute")).toEqual({
      kind: "unknown",
      lacks: "group",
    })
    expect(rightOf({ ...owned, mode: 0o700 }, reader(5, 6), "execute")).toEqual({ kind: "unknown", lacks: "user" })
    expect(rightOf({ ...directory(0o750, 1), acl: "unknown" }, reader(5, 6), "read")).toEqual({
      kind: "unknown",
      lacks: "acl",
    })
    expect(rightOf(directory(0o750, 1, 2), { ...reader(5, 6), mayHaveMoreGroups: true }, "read")).toEqual({
      kind: "unknown",
      lacks: "groups of the reader",
    })
  })
})
