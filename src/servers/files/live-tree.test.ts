import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { LiveTree } from "./live-tree.ts"

/** Says what the user it runs as sees of the paths it is given. */
const LOOK = `import { LiveTree } from "./tree.js"
const tree = new LiveTree()
for (const path of process.argv.slice(2)) console.log(path, tree.at(path).kind ?? tree.at(path), String(tree.names(path)))`

let root = ""
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "pinpoint-live-")))
  mkdirSync(join(root, "d"))
  writeFileSync(join(root, "d/f"), "12345")
  symlinkSync("f", join(root, "d/l"))
  chmodSync(join(root, "d"), 0o2750)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe("the live file system", () => {
  test("is read as it is, links unfollowed", () => {
    const tree = new LiveTree()
    expect(tree.at(join(root, "d"))).toMatchObject({ kind: "directory", mode: 0o2750, user: process.getuid?.() ?? -1 })
    expect(tree.at(join(root, "d/f"))).toMatchObject({ kind: "file", size: 5 })
    expect(tree.at(join(root, "d/l"))).toMatchObject({ kind: "link", target: "f" })
    expect(tree.at(join(root, "d/none"))).toBe("absent")
    expect(tree.at(join(root, "d/f/below"))).toBe("absent")
    expect(tree.at(join(root, "d\0/f"))).toBe("unknown")
    expect(tree.names(join(root, "d"))).toEqual(["f", "l"])
    expect(tree.names(join(root, "d/f"))).toBe("unknown")
  })

  test("stays as it was first seen, so that one answer is made of one view", () => {
    const tree = new LiveTree()
    expect(tree.at(join(root, "new"))).toBe("absent")
    writeFileSync(join(root, "new"), "")
    expect(tree.at(join(root, "new"))).toBe("absent")
    expect(new LiveTree().at(join(root, "new"))).toMatchObject({ kind: "file" })
  })

  test("begins at another root where it is told to", () => {
    const tree = new LiveTree({ root: `${root}/` })
    expect(tree.at("/")).toMatchObject({ kind: "directory" })
    expect(tree.at("/d/f")).toMatchObject({ kind: "file" })
    expect(tree.names("/d")).toEqual(["f", "l"])
  })

  test("looks at no more than it was told to", () => {
    const tree = new LiveTree({ most: 1 })
    expect(tree.at(join(root, "d/f"))).toMatchObject({ kind: "file" })
    expect(tree.at(join(root, "d/l"))).toBe("unknown")
    expect(tree.names(join(root, "d"))).toBe("unknown")
  })

  test.skipIf(process.getuid?.() !== 0 || Bun.which("setpriv") === null)(
    "what an ordinary user may not see is unknown to them",
    async () => {
      const closed = mkdtempSync(join(tmpdir(), "pinpoint-closed-"))
      try {
        mkdirSync(join(closed, "c"))
        writeFileSync(join(closed, "c/f"), "")
        chmodSync(join(closed, "c"), 0o700)
        chmodSync(closed, 0o755)
        // Bundled, as the user need not be able to read where this lies.
        const built = await Bun.build({ entrypoints: [join(import.meta.dir, "live-tree.ts")], target: "bun" })
        writeFileSync(join(closed, "tree.js"), (await built.outputs[0]?.text()) ?? "")
        const script = join(closed, "look.js")
        writeFileSync(script, LOOK)
        for (const it of [script, join(closed, "tree.js")]) chmodSync(it, 0o644)
        const bun = realpathSync(process.execPath)
        const child = Bun.spawn(
          [
            "setpriv",
            "--reuid=61001",
            "--regid=61001",
            "--clear-groups",
            bun,
            script,
            closed,
            join(closed, "c"),
            join(closed, "c/f"),
          ],
          { stdout: "pipe", stderr: "pipe", env: { PATH: process.env.PATH ?? "", HOME: closed } },
        )
        const [out, errors] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
        expect([errors, out]).toEqual([
          "",
          `${closed} directory c,look.js,tree.js\n${join(closed, "c")} directory unknown\n${join(closed, "c/f")} unknown unknown\n`,
        ])
      } finally {
        rmSync(closed, { recursive: true, force: true })
      }
    },
  )
})
