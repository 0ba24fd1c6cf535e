import { describe, expect, test } from "bun:test"
import { Names } from "../names.ts"
import { directory, file, link, reader, treeOf } from "../tree.fixture.ts"
import type { Entry, FileTree } from "../tree.ts"
import { type AuditOptions, auditRoot } from "./audit.ts"
import type { FindingName } from "./finding.ts"

const names = new Names({
  passwd: "www-data:x:33:33::/:\nann:x:1000:1000::/:\n",
  group: "www-data:x:33:\nann:x:1000:\n",
})
const worker = reader(33, 33)

const clean = {
  "/srv": directory(0o755),
  "/srv/www": directory(0o755, 1000, 1000),
  "/srv/www/index.html": file(0o644, 1000, 1000),
  "/srv/www/css": directory(0o755, 1000, 1000),
  "/srv/www/css/index.html": file(0o644, 1000, 1000),
  "/srv/www/css/a.css": file(0o644, 1000, 1000),
}

const audit = (tree: FileTree, more: Partial<AuditOptions> = {}) =>
  auditRoot({ tree, root: "/srv/www", reader: worker, names, ...more })

/** What is found where something is put into a clean root. */
const found = (entries: Readonly<Record<string, Entry>>) =>
  audit(treeOf({ ...clean, ...entries })).findings.flatMap((it) =>
    it.examples.map(({ path, change }) => [it.name, path, change?.written ?? null]),
  )

describe("an audit of a document root", () => {
  test("finds nothing where there is nothing", () => {
    expect(audit(treeOf(clean))).toEqual({
      root: "/srv/www",
      reader: "uid=33(www-data) gid=33(www-data)",
      findings: [],
      looked: 5,
      unread: { count: 0, examples: [] },
      stopped: null,
    })
  })

  const faults: readonly (readonly [FindingName, string, Entry, string | null])[] = [
    ["file-not-readable", "/srv/www/a", file(0o600, 1000), "setfacl -m u:www-data:r-- /srv/www/a"],
    ["file-not-readable", "/srv/www/a", file(0o604, 1000, 33), "chmod g+r /srv/www/a"],
    [
      "htaccess-not-readable",
      "/srv/www/css/.htaccess",
      file(0o600),
      "setfacl -m u:www-data:r-- /srv/www/css/.htaccess",
    ],
    ["secret-readable", "/srv/www/.env", file(0o644), "chmod o-r /srv/www/.env"],
    ["secret-readable", "/srv/www/.env", file(0o640, 0, 33), "chmod g-r /srv/www/.env"],
    ["secret-readable", "/srv/www/site.sql.gz", file(0o644), "chmod o-r /srv/www/site.sql.gz"],
    ["secret-readable", "/srv/www/config.php~", file(0o644), "chmod o-r '/srv/www/config.php~'"],
    ["secret-readable", "/srv/www/.git", directory(0o755), "chmod o-x /srv/www/.git"],
    ["writable-by-all", "/srv/www/a", file(0o666), "chmod o-w /srv/www/a"],
    ["set-id", "/srv/www/a", file(0o4755), "chmod u-s,g-s /srv/www/a"],
    ["writable-by-worker", "/srv/www/a", file(0o664, 1000, 33), "chmod g-w /srv/www/a"],
    ["owned-by-worker", "/srv/www/a", file(0o644, 33, 33), "chown root /srv/www/a"],
    ["link-dangling", "/srv/www/a", link("none"), null],
    ["link-dangling", "/srv/www/a", link("a"), null],
    ["link-out-of-root", "/srv/www/a", link("../"), null],
    ["link-out-of-root", "/srv/www/a", link("../../srv/www/../"), null],
  ]
  test.each(faults)("%s: %s", (name, path, entry, written) => {
    expect(found({ [path]: entry })).toEqual([[name, path, written]])
  })

  test("a directory the server cannot search, and one without an index", () => {
    expect(found({ "/srv/www/up": directory(0o700, 1000) })).toEqual([
      ["directory-not-searchable", "/srv/www/up", "setfacl -m u:www-data:--x /srv/www/up"],
      ["directory-without-index", "/srv/www/up", null],
    ])
    expect(audit(treeOf({ ...clean, "/srv/www/up": directory(0o755) }), { indexes: [] }).findings).toEqual([])
  })

  test("what bars the way above the root", () => {
    expect(found({ "/srv": directory(0o700) })).toEqual([["way-barred", "/srv", "setfacl -m u:www-data:--x /srv"]])
  })

  test("a link whose end the server may not reach, with the directory that bars it", () => {
    const entries = {
      "/srv/www/l": link("/srv/www/in/x"),
      "/srv/www/in": directory(0o700, 1000),
      "/srv/www/in/x": file(0o644),
    }
    expect(found(entries)).toContainEqual(["link-barred", "/srv/www/l", "setfacl -m u:www-data:--x /srv/www/in"])
  })

  test("proposes no change that would take from the server what it reads", () => {
    // Only as owner may the worker read it; root's it would be closed.
    expect(found({ "/srv/www/a": file(0o600, 33, 0) })).toEqual([["owned-by-worker", "/srv/www/a", null]])
  })

  test("leaves alone what an access control list grants", () => {
    const acl = { group: 4, users: new Map([[5, 6]]), groups: new Map(), mask: 4 }
    expect(found({ "/srv/www/.env": { ...file(0o640, 0, 33), acl } })).toEqual([
      ["secret-readable", "/srv/www/.env", null],
    ])
  })

  test("a secret that is closed is left closed", () => {
    expect(found({ "/srv/www/.env": file(0o600, 1000), "/srv/www/.git": directory(0o700, 1000) })).toEqual([])
  })

  test("an example of a secret is none", () => {
    expect(found({ "/srv/www/.env.example": file(0o644), "/srv/www/key.html": file(0o644) })).toEqual([])
  })

  test("ten thousand files of one fault are one finding", () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`/srv/www/css/${at}`, file(0o666)]))
    const [finding, ...others] = audit(treeOf({ ...clean, ...many })).findings
    expect(others).toEqual([])
    expect(finding).toMatchObject({ name: "writable-by-all", severity: "error", count: 10_000 })
    expect(finding?.examples).toHaveLength(5)
  })

  test("stops where it was told to, says so, and has seen what lies near the root", () => {
    const deep = Object.fromEntries(
      Array.from({ length: 50 }, (_, at) => [`/srv/www${"/d".repeat(at + 1)}`, directory(0o755)]),
    )
    const tree = treeOf({ ...clean, ...deep, "/srv/www/z": file(0o666) })
    expect(audit(tree)).toMatchObject({ stopped: "depth" })
    expect(audit(tree, { mostEntries: 10 })).toMatchObject({ stopped: "entries", looked: 10 })
    expect(audit(tree, { mostEntries: 10 }).findings.map((it) => it.name)).toContain("writable-by-all")
  })

  test("what may not be looked at is counted and not guessed at", () => {
    const tree = treeOf({ ...clean, "/srv/www/x": file(0o640, 1000, 1000) })
    const blind: FileTree = {
      at: (path) => (path.startsWith("/srv/www/css/") ? "unknown" : tree.at(path)),
      names: (path) => tree.names(path),
    }
    expect(audit(blind, { reader: { ...worker, mayHaveMoreGroups: true } })).toMatchObject({
      unread: { count: 3, examples: ["/srv/www/x", "/srv/www/css/index.html", "/srv/www/css/a.css"] },
    })
  })

  test("a root that is a link is gone through where it leads", () => {
    const tree = treeOf({ ...clean, "/www": link("srv/www"), "/srv/www/a": file(0o666), "/srv/www/l": link("css") })
    expect(audit(tree, { root: "/www" }).findings.map((it) => [it.name, it.examples[0]?.path])).toEqual([
      ["writable-by-all", "/srv/www/a"],
    ])
  })

  test("names in commands are quoted", () => {
    expect(found({ "/srv/www/$(reboot)\u001b[2J": file(0o666) })).toEqual([
      ["writable-by-all", "/srv/www/$(reboot)\u001b[2J", "chmod o-w $'/srv/www/$(reboot)\\033[2J'"],
    ])
  })
})
