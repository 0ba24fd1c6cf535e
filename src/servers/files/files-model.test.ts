import { describe, expect, test } from "bun:test"
import { explain } from "../../decision/explain.ts"
import { remedies } from "../remedies.ts"
import type { ServerRequest } from "../request.ts"
import { FilesModel } from "./files-model.ts"
import { Names } from "./names.ts"
import { directory, entry, file, link, reader, treeOf } from "./tree.fixture.ts"
import type { FileTree } from "./tree.ts"

const names = new Names({
  passwd: "www-data:x:33:33::/:\nann:x:1000:1000::/:\n",
  group: "www-data:x:33:\nann:x:1000:\n",
})

const get = (target: string): ServerRequest => ({
  method: "GET",
  target,
  host: "localhost",
  scheme: "http",
  port: 80,
  protocol: "HTTP/1.1",
  headers: [],
  client: "192.0.2.1",
})

const model = (tree: FileTree) =>
  new FilesModel({
    tree,
    reader: reader(33, 33),
    names,
    pathOf: ({ target }) => ({ path: `/home/ann/www${target}`, want: "read" }),
  })

const home = {
  "/home": directory(0o755),
  "/home/ann": directory(0o700, 1000, 1000),
  "/home/ann/www": directory(0o755, 1000, 1000),
  "/home/ann/www/a.html": file(0o644, 1000, 1000),
  "/home/ann/www/b.html": file(0o600, 1000, 1000),
}

describe("the file system as a server", () => {
  test("refuses for the directory that bars the way, and its evidence is that directory's line", () => {
    const judged = model(treeOf(home)).judge(get("/a.html"))
    if (judged.kind !== "refuses") throw new Error(judged.kind)
    const told = explain(judged.denial, "operator")
    expect(told).toMatchObject({
      cause: "fs/parent-dir-not-searchable",
      evidence: [
        {
          fact: "file.mode /home/ann",
          observed: "drwx------ 1000(ann) 1000(ann)",
          required: "execute by uid=33(www-data) gid=33(www-data)",
          observedAt: "listing mode",
        },
      ],
    })
    // The core's own counterfactual finds the same changes, least grant first.
    expect(told.mends.flatMap((it) => it.changes.map(({ to }) => to))).toEqual([
      "drwx--x---+ 1000 1000 user:33:--x group::--- mask::--x",
      "drwx-----x 1000 1000",
    ])
  })

  test("refuses for the file where the way is open", () => {
    const judged = model(treeOf({ ...home, "/home/ann": directory(0o711, 1000) })).judge(get("/b.html"))
    expect(judged).toMatchObject({ kind: "refuses", status: 403, denial: { cause: { code: "fs/file-not-readable" } } })
  })

  test("refuses for a link the kernel does not follow", () => {
    const judged = model(
      treeOf({
        ...home,
        "/home/ann": directory(0o711),
        "/home/ann/www": directory(0o1777),
        "/home/ann/www/l": link("a.html", 5),
      }),
    ).judge(get("/l"))
    expect(judged).toMatchObject({ kind: "refuses", denial: { cause: { code: "fs/protected-link" } } })
  })

  test("proposes what opens one step, and tells whom else it lets in", () => {
    const neighbours = [
      { name: "GET /b.html", request: get("/b.html") },
      { name: "GET /a.html?x", request: get("/a.html") },
    ]
    expect(remedies(model(treeOf(home)), get("/a.html"), neighbours)).toEqual([
      {
        does: "Let www-data alone search /home/ann",
        patches: [{ kind: "acl", path: "/home/ann", who: "user", id: 33, permissions: 1 }],
        written: ["setfacl -m u:www-data:--x /home/ann"],
        admits: ["GET /a.html?x"],
        asked: 2,
      },
      {
        does: "Let every user of the host search /home/ann",
        patches: [{ kind: "mode", path: "/home/ann", from: 0o700, to: 0o701 }],
        written: ["chmod o+x /home/ann"],
        admits: ["GET /a.html?x"],
        asked: 2,
      },
    ])
  })

  test("opens as many steps as it takes and no more", () => {
    const found = remedies(model(treeOf(home)), get("/b.html"), [])
    expect(found[0]?.written).toEqual([
      "setfacl -m u:www-data:--x /home/ann",
      "setfacl -m u:www-data:r-- /home/ann/www/b.html",
    ])
    expect(found.every((it) => it.patches.length === 2)).toBe(true)
  })

  test("keeps to what is not there and to what nobody told", () => {
    const open = { ...home, "/home/ann": directory(0o711, 1000) }
    expect(model(treeOf(open)).judge(get("/none"))).toMatchObject({ kind: "answers", status: 404 })
    expect(model(treeOf(open)).judge(get("/a.html"))).toMatchObject({ kind: "answers", status: 200 })
    const untold = {
      ...open,
      "/home/ann": entry({ kind: "directory", mode: 0o710, user: "unknown", group: "unknown" }),
    }
    expect(model(treeOf(untold)).judge(get("/a.html"))).toEqual({
      kind: "unknown",
      needs: [{ what: "the owner of /home/ann, by number", why: "its mode grants its owner other rights than others" }],
    })
  })

  test("a patch that does not fit is not applied", () => {
    const it = model(treeOf(home))
    expect(it.patched([{ kind: "mode", path: "/home/ann", from: 0o755, to: 0o711 }])).toBeUndefined()
    expect(it.patched([{ kind: "mode", path: "/home/none", from: 0o755, to: 0o711 }])).toBeUndefined()
    expect(it.patched([{ kind: "create", path: "/home/ann/www/a.html" }])).toBeUndefined()
    expect(it.patched([{ kind: "create", path: "/home/ann/www/c.html" }])).toBeDefined()
  })
})
