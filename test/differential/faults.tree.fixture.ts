import { chmodSync, chownSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Random } from "../random.fixture.ts"
import { content, run } from "./faults.plant.fixture.ts"

const FILES = [
  "index.html",
  "about.html",
  "robots.txt",
  "docs/index.html",
  "docs/guide.html",
  "docs/deep/index.html",
  "docs/deep/page.html",
  "files/a.txt",
  "files/old/b.txt",
  "static/app.css",
  "static/img/logo.png",
  "admin/index.html",
  "admin/report.html",
  "private/index.html",
  "private/note.txt",
  "shop/index.html",
  "shop/items/one.html",
  "shop/items/index.html",
  ".git/config",
] as const

const LINKS = [
  ["current.html", "about.html"],
  ["shared", "docs"],
  ["static/style.css", "app.css"],
] as const

/** Paths a site answers, with directories; `shared` is a link. */
export const PATHS = [
  ...FILES.map((it) => `/${it}`),
  ...LINKS.map(([name]) => `/${name}`),
  "/",
  "/docs/",
  "/docs/deep/",
  "/docs",
  "/files/",
  "/files/old/",
  "/static/",
  "/static/img/",
  "/admin/",
  "/private/",
  "/shop/",
  "/shop/items/",
  "/shared/guide.html",
  "/shared/",
  "/missing.html",
] as const

/** Hosts the sites are known by, each with its directory below `www`. */
export const HOSTS = ["www.test", "shop.test"] as const

/** A new tree with everything the worker needs, by one way or another. */
export function growSite(random: Random, folder: string): void {
  rmSync(content(folder), { recursive: true, force: true })
  const listed: string[] = []
  const plant = (path: string, bits: number): void => {
    if (own(random, path, bits) === "by list") listed.push(path)
  }
  for (const host of HOSTS) {
    const root = join(content(folder), host)
    for (const it of FILES) {
      const path = join(root, it)
      mkdirSync(join(path, ".."), { recursive: true })
      writeFileSync(path, it)
      plant(path, 0o4)
    }
    for (const [name, target] of LINKS) symlinkSync(target, join(root, name))
    mkdirSync(join(root, "empty"))
    for (const it of [
      "",
      "docs",
      "docs/deep",
      "files",
      "static",
      "static/img",
      "admin",
      "shop",
      "shop/items",
      "private",
    ])
      plant(join(root, it), 0o5)
  }
  chmodSync(content(folder), 0o755)
  // One call for all of them: a process each would take longer than all else.
  if (listed.length > 0) run("setfacl", "-m", "u:33:r-X", ...listed)
  const hash = `{SHA}${new Bun.CryptoHasher("sha1").update("right").digest("base64")}`
  writeFileSync(join(folder, "users"), `ann:${hash}\n`)
  chmodSync(join(folder, "users"), 0o644)
}

/** The worker may by being the owner, by its group, as anyone, or by an entry of its own, which is still to be made. */
function own(random: Random, path: string, bits: number): "by mode" | "by list" {
  const all = bits * 0o111
  switch (random.below(8)) {
    case 0:
      set(path, 33, 33, (bits << 6) | 0o200)
      return "by mode"
    case 1:
      set(path, 0, 33, (all & 0o770) | 0o200)
      return "by mode"
    case 2:
      set(path, 1000, 1000, all | 0o200)
      return "by mode"
    case 3:
      set(path, 1000, 1000, (all & 0o700) | 0o200)
      return "by list"
    default:
      set(path, 0, 0, all | 0o200)
      return "by mode"
  }
}

function set(path: string, user: number, group: number, mode: number): void {
  chownSync(path, user, group)
  chmodSync(path, mode)
}
