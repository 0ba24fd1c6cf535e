import { chmodSync, chownSync, lchownSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

/** A user who owns nothing else in the tree: `bin` of every system. */
const OTHER = 2

const FILES = [
  "index.html",
  "secret.html",
  "closed/index.html",
  "closed/page.html",
  "unlisted/a.txt",
  "guarded/page.html",
  "guarded/.htaccess",
  "up/kept.txt",
  "run.cgi",
  "dump.sql",
  "target.html",
  "sorry.html",
]

/** Files of a site, some closed to the server's user. Made by root, so that the server's user is one of the others. */
export function plantTree(tree: string): void {
  for (const it of FILES) plantFile(join(tree, it))
  plantFile(join(`${tree}-tool`, "web/index.html"))
  for (const it of ["empty", "unlisted", "guarded", "up"]) openDirectory(join(tree, it))
  writeFileSync(join(tree, "users"), "bob:{SHA}0nofEXcSAJSXFLGvmfBIpBb11vQ=\n")
  chmodSync(join(tree, "users"), 0o644)
  symlinkSync("target.html", join(tree, "link.html"))
  symlinkSync("target.html", join(tree, "foreign.html"))
  lchownSync(join(tree, "foreign.html"), OTHER, OTHER)
  chownSync(join(tree, "dump.sql"), OTHER, OTHER)
  chmodSync(join(tree, "secret.html"), 0o600)
  chmodSync(join(tree, "guarded/.htaccess"), 0o600)
  chmodSync(join(tree, "closed"), 0o700)
  chmodSync(join(tree, "unlisted"), 0o711)
}

function plantFile(path: string): void {
  openDirectory(dirname(path))
  writeFileSync(path, "x\n")
  chmodSync(path, 0o644)
}

function openDirectory(path: string): void {
  mkdirSync(path, { recursive: true })
  chmodSync(path, 0o755)
}
