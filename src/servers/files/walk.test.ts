import { describe, expect, test } from "bun:test"
import { KnownTree } from "./known-tree.ts"
import { directory, file, link, reader, treeOf } from "./tree.fixture.ts"
import { walk } from "./walk.ts"

const worker = reader(33, 33)

describe("walk", () => {
  test("names the directory, the bit and the class that bar the way", () => {
    const tree = treeOf({
      "/home": directory(0o755),
      "/home/ann": directory(0o710, 1000, 1000),
      "/home/ann/www": directory(0o755, 1000),
      "/home/ann/www/a.html": file(0o644, 1000),
    })
    expect(walk(tree, worker, "/home/ann/www/a.html", "read")).toMatchObject({
      kind: "failed",
      error: "EACCES",
      path: "/home/ann",
      bit: "execute",
      right: { by: "other" },
      held: [{ path: "/" }, { path: "/home" }],
    })
    expect(walk(tree, reader(33, 33, 1000), "/home/ann/www/a.html", "read").kind).toBe("reached")
  })

  test("says where it arrived when links were followed, and every right that was needed", () => {
    const tree = treeOf({
      "/www": link("srv/site"),
      "/srv": directory(0o755),
      "/srv/site": directory(0o755),
      "/srv/site/a": file(0o644),
    })
    const walked = walk(tree, worker, "/www/./a", "read")
    expect(walked).toMatchObject({ kind: "reached", path: "/srv/site/a" })
    expect(walked.kind === "reached" && walked.held.map((it) => `${it.bit} ${it.path}`)).toEqual([
      "execute /",
      "execute /srv",
      "execute /srv/site",
      "read /srv/site/a",
    ])
  })

  test("the forty-first link is one too many", () => {
    const chain = (length: number) =>
      treeOf({
        ...Object.fromEntries(Array.from({ length }, (_, at) => [`/l${at}`, link(`l${at + 1}`)])),
        [`/l${length}`]: file(0o644),
      })
    expect(walk(chain(40), worker, "/l0", "read").kind).toBe("reached")
    expect(walk(chain(41), worker, "/l0", "read")).toMatchObject({ error: "ELOOP" })
  })

  test("links that would lead on for ever end soon", () => {
    const tree = treeOf({ "/a": link(`${"b/".repeat(1000)}x`), "/b": link("a/".repeat(1000)) })
    expect(walk(tree, worker, "/a", "read")).toMatchObject({ error: "ELOOP" })
  })

  test("a link another user put into a sticky directory is barred where links are protected", () => {
    const entries = { "/tmp": directory(0o1777), "/tmp/l": link("/f", 1000), "/f": file(0o644) }
    expect(walk(treeOf(entries), worker, "/tmp/l", "read")).toMatchObject({ error: "EACCES", bit: "link" })
    expect(walk(treeOf(entries, false), worker, "/tmp/l", "read").kind).toBe("reached")
    expect(walk(treeOf(entries), reader(1000, 1000), "/tmp/l", "read").kind).toBe("reached")
    expect(walk(treeOf({ ...entries, "/tmp/l": link("/f", 0) }), worker, "/tmp/l", "read").kind).toBe("reached")
  })

  test("only the last link is protected", () => {
    const tree = treeOf({ "/tmp": directory(0o1777), "/tmp/l": link("/", 1000), "/f": file(0o644) })
    expect(walk(tree, worker, "/tmp/l/f", "read").kind).toBe("reached")
    expect(walk(tree, worker, "/tmp/l/", "search")).toMatchObject({ error: "EACCES", bit: "link" })
  })

  test("goes on past what nobody told, and says what then would bar the way", () => {
    const tree = new KnownTree(new Map([["/srv/www/a.html", file(0o600)]]), new Set())
    const walked = walk(tree, worker, "/srv/www/a.html", "read")
    expect(walked).toMatchObject({
      kind: "unsure",
      missing: [
        { path: "/", lacks: "entry" },
        { path: "/srv", lacks: "entry" },
        { path: "/srv/www", lacks: "entry" },
      ],
      otherwise: { kind: "failed", error: "EACCES", path: "/srv/www/a.html" },
    })
  })

  test("what is not listed in a directory that was listed whole is not there; of others nothing is said", () => {
    const entries = new Map([
      ["/", directory(0o755)],
      ["/srv", directory(0o755)],
      ["/f", file(0o644)],
    ])
    const tree = new KnownTree(entries, new Set(["/"]))
    expect(walk(tree, worker, "/none/at/all", "read")).toMatchObject({ error: "ENOENT", path: "/none" })
    expect(walk(tree, worker, "/f/below", "read")).toMatchObject({ error: "ENOTDIR", path: "/f" })
    expect(walk(tree, worker, "/srv/a", "read")).toMatchObject({ kind: "unsure", otherwise: undefined })
    expect(tree.at("/none/at/all")).toBe("absent")
    expect(tree.at("/f/below")).toBe("absent")
    expect(tree.at("/srv/a/b")).toBe("unknown")
  })

  test("a link whose target was not shown leads nowhere known", () => {
    const { target: _, ...shown } = link("x")
    const tree = treeOf({ "/l": shown })
    expect(walk(tree, worker, "/l/x", "read")).toMatchObject({
      kind: "unsure",
      missing: [{ path: "/l", lacks: "target" }],
    })
  })

  test("names and paths are measured in bytes", () => {
    const tree = treeOf({})
    expect(walk(tree, worker, `/${"é".repeat(127)}n`, "exists")).toMatchObject({ error: "ENOENT" })
    expect(walk(tree, worker, `/${"é".repeat(128)}`, "exists")).toMatchObject({ error: "ENAMETOOLONG" })
    expect(walk(tree, worker, "/.".repeat(2048), "exists")).toMatchObject({ error: "ENAMETOOLONG" })
    expect(walk(tree, worker, "/.".repeat(2047), "exists")).toMatchObject({ kind: "reached", path: "/" })
  })
})
