import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { chmodSync, chownSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { liveNames } from "../live-names.ts"
import { LiveTree } from "../live-tree.ts"
import { type Listing, readListing } from "./listing.ts"

const has = (...tools: readonly string[]) => tools.every((it) => Bun.which(it) !== null)

let root = ""

beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "pinpoint-listing-")))
  const make = (name: string, mode: number, kind: "directory" | "file"): void => {
    const path = join(root, name)
    if (kind === "directory") mkdirSync(path)
    else writeFileSync(path, "x".repeat(name.length))
    if (process.getuid?.() === 0) chownSync(path, name.length, name.length + 1)
    chmodSync(path, mode)
  }
  make("a", 0o755, "directory")
  make("a/b c", 0o2710, "directory")
  make("a/b c/ünï", 0o640, "file")
  make("a/b c/.hidden", 0o600, "file")
  make("a/'quoted'", 0o4755, "file")
  make("t", 0o1777, "directory")
  make("t/total 12", 0o604, "file")
  symlinkSync("../a/b c", join(root, "t/up"))
  symlinkSync("none", join(root, "t/dangling"))
  chmodSync(root, 0o751)
  if (has("setfacl")) await Bun.$`setfacl -m u:33:r-x,g:1:rwx,m::r-x a/b\ c t/total\ 12`.cwd(root).nothrow().quiet()
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const run = async (...command: readonly string[]): Promise<string> => {
  const env = { ...process.env, LC_ALL: "C.UTF-8", QUOTING_STYLE: "literal" }
  const child = Bun.spawn([...command], { cwd: root, stdout: "pipe", stderr: "pipe", env })
  const [out, told] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
  return told + out
}

const read = (text: string): Listing => readListing(text, { from: "listing", base: root, names: liveNames() })

/** How much a form shows of an access control list. */
type Lists = "whole" | "marked" | "hidden"

/** What of an entry a text can tell. What does not show lists at all is taken for one without. */
function told(it: ReturnType<LiveTree["at"]>, lists: Lists): unknown {
  if (typeof it === "string") return it
  const { kind, mode, user, group, target, acl } = it
  const list = { whole: acl, marked: acl !== undefined, hidden: undefined }[lists]
  return { kind, mode, user, group, target, list }
}

/** Every entry that was read is as the file system has it, and so many were. */
function expectAlike(listing: Listing, least: number, lists: Lists): void {
  const live = new LiveTree()
  const inside = listing.paths.filter((it) => it.startsWith(root))
  for (const path of inside)
    expect([path, told(listing.tree.at(path), lists)]).toEqual([path, told(live.at(path), lists)])
  expect(inside.length).toBeGreaterThanOrEqual(least)
}

describe("a listing is read as the file system has it", () => {
  test.each([["-la"], ["-lan"], ["-lai"], ["-las"], ["-laZ"], ["-lah"], ["-lap"]])("ls %s", async (flags) => {
    expectAlike(read(await run("ls", flags, ".")), 3, "marked")
  })

  test.each([["--full-time"], ["--time-style=long-iso"], ["--time-style=iso"], ["--quoting-style=shell"], ["-b"]])(
    "ls -laR %s",
    async (style) => expectAlike(read(await run("ls", "-laR", style, ".")), 9, "marked"),
  )

  test("ls -laR of an absolute path, with names of users and with all of a directory known", async () => {
    const listing = read(await run("ls", "-laR", root))
    expectAlike(listing, 9, "marked")
    expect(listing.tree.names(join(root, "t"))).toEqual(["dangling", "total 12", "up"])
    expect(listing.tree.at(join(root, "t/none"))).toBe("absent")
  })

  test("ls -ld of many", async () => {
    expectAlike(read(await run("ls", "-ld", root, join(root, "a/b c"), join(root, "t/up"))), 3, "marked")
  })

  test.skipIf(!has("namei"))("namei -l, through links", async () => {
    expectAlike(read(await run("namei", "-l", join(root, "t/up/ünï"), join(root, "t/dangling"))), 6, "hidden")
    expectAlike(read(await run("namei", "-lx", "t/up/.hidden")), 4, "hidden")
  })

  test.skipIf(!has("stat"))("stat", async () => {
    expectAlike(read(await run("stat", "a", "a/b c", "a/'quoted'", "t/up", join(root, "t"))), 5, "hidden")
    const bare = read(await run("stat", "-c", "%A %U %G %n", join(root, "a/b c"), join(root, "t")))
    expectAlike(bare, 2, "hidden")
  })

  test.skipIf(!has("find"))("find -ls", async () => {
    expectAlike(read(await run("find", ".", "-not", "-name", "ünï", "-ls")), 8, "hidden")
  })

  test.skipIf(!has("tar"))("tar -tv", async () => {
    expectAlike(read(await run("sh", "-c", "tar -cf - . | tar -tv --quoting-style=literal")), 9, "hidden")
    expectAlike(
      read(await run("sh", "-c", "tar -cf - . | tar -tv --numeric-owner --quoting-style=literal")),
      9,
      "hidden",
    )
  })

  test.skipIf(!has("getfacl"))("getfacl, alone and beside ls", async () => {
    expectAlike(read(await run("getfacl", "-p", join(root, "a"), join(root, "t/total 12"))), 0, "whole")
    const both = `${await run("ls", "-laR", root)}\n${await run("getfacl", "-R", "-P", root)}`
    expectAlike(read(both), 9, "whole")
    expectAlike(read(`${await run("ls", "-laR", root)}\n${await run("getfacl", "-n", "-R", "-P", ".")}`), 9, "whole")
  })
})
