import { describe, expect, test } from "bun:test"
import type { Patch } from "../patch.ts"
import { overlay } from "./overlay.ts"
import { directory, file, link, treeOf } from "./tree.fixture.ts"

const acl = { group: 7, users: new Map([[5, 6]]), groups: new Map(), mask: 4 }
const tree = treeOf({
  "/d": directory(0o750, 1, 2),
  "/d/f": file(0o640, 1, 2),
  "/d/l": link("f"),
  "/d/listed": { ...file(0o640), acl },
  "/d/dark": { ...file(0o640), acl: "unknown" },
})

const after = (...patches: readonly Patch[]) => overlay(tree, patches)

describe("a tree with patches applied", () => {
  test("has the mode of a patch, and under it the mask of a list", () => {
    expect(after({ kind: "mode", path: "/d/f", from: 0o640, to: 0o644 })?.at("/d/f")).toMatchObject({ mode: 0o644 })
    expect(after({ kind: "mode", path: "/d/listed", from: 0o640, to: 0o610 })?.at("/d/listed")).toMatchObject({
      mode: 0o610,
      acl: { ...acl, mask: 1 },
    })
  })

  test("has the entry of a list, and the mask setfacl makes of all of them", () => {
    const first = after({ kind: "acl", path: "/d/f", who: "group", id: 9, permissions: 1 })
    expect(first?.at("/d/f")).toMatchObject({ mode: 0o650, acl: { group: 4, groups: new Map([[9, 1]]), mask: 5 } })
    const second = after({ kind: "acl", path: "/d/listed", who: "user", id: 9, permissions: 1 })
    expect(second?.at("/d/listed")).toMatchObject({
      mode: 0o670,
      acl: {
        group: 7,
        users: new Map([
          [5, 6],
          [9, 1],
        ]),
        mask: 7,
      },
    })
  })

  test("has what was created, as its directory's owner leaves it, and lists it", () => {
    const created = after({ kind: "create", path: "/d/index.html" })
    expect(created?.at("/d/index.html")).toMatchObject({ kind: "file", mode: 0o644, user: 1, group: 2 })
    expect(created?.names("/d")).toEqual(["dark", "f", "index.html", "l", "listed"])
    expect(tree.at("/d/index.html")).toBe("absent")
  })

  test("applies patches one upon the other, and leaves text to others", () => {
    const patched = after(
      { kind: "text", file: "x", line: 1, column: 1, remove: "", insert: "" },
      { kind: "create", path: "/d/n" },
      { kind: "mode", path: "/d/n", from: 0o644, to: 0o600 },
    )
    expect(patched?.at("/d/n")).toMatchObject({ mode: 0o600 })
    expect(patched?.at("/d/f")).toMatchObject({ mode: 0o640 })
  })

  const unfit: readonly (readonly [string, Patch])[] = [
    ["another mode", { kind: "mode", path: "/d/f", from: 0o600, to: 0o644 }],
    ["nothing there", { kind: "mode", path: "/d/none", from: 0o600, to: 0o644 }],
    ["a link", { kind: "acl", path: "/d/l", who: "user", id: 1, permissions: 4 }],
    ["a list nobody told", { kind: "acl", path: "/d/dark", who: "user", id: 1, permissions: 4 }],
    ["something there already", { kind: "create", path: "/d/f" }],
    ["no directory to create in", { kind: "create", path: "/d/none/f" }],
    ["a file to create in", { kind: "create", path: "/d/f/f" }],
  ]
  test.each(unfit)("does not fit: %s", (_, patch) => expect(after(patch)).toBeUndefined())
})
