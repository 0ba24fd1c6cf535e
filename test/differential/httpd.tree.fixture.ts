import { chmodSync, chownSync, lchownSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Random } from "../random.fixture.ts"
import { drawAccess, drawRules, drawServing } from "./httpd.draw.fixture.ts"

const WORKER = 33
const OTHER = 1000

/** Directories and files below a document root; names are few, so that requests meet them. */
export function growTree(random: Random, root: string): void {
  growDirectory(random, root, 0)
}

function growDirectory(random: Random, path: string, depth: number): void {
  mkdirSync(path)
  for (const name of ["index.html", "f.html", "x.txt", "secret.html", "top.html", "error.html", "hidden.html"])
    if (random.is(depth === 0 ? 0.7 : 0.5)) plant(random, join(path, name), name)
  if (random.is(0.1)) plant(random, join(path, "sp ace.txt"), "x")
  if (random.is(0.25)) {
    writeFileSync(join(path, ".htaccess"), drawHtaccess(random, path))
    chmodSync(join(path, ".htaccess"), random.is(0.9) ? 0o644 : 0o600)
  }
  if (depth < 2)
    for (const name of ["a", "b", "c"]) if (random.is(0.6)) growDirectory(random, join(path, name), depth + 1)
  for (const [name, target] of [
    ["link.html", "f.html"],
    ["dirlink", "a"],
    ["broken", "nowhere"],
    ["up", "../f.html"],
    ["circle", "circle"],
  ] as const)
    if (random.is(0.2)) {
      symlinkSync(target, join(path, name))
      if (random.is(0.4)) lchownSync(join(path, name), OTHER, OTHER)
    }
  own(
    random,
    path,
    random.is(depth === 0 ? 0.95 : 0.85) ? 0o755 : random.of([0o750, 0o700, 0o711, 0o744, 0o000, 0o705, 0o775]),
  )
}

function plant(random: Random, path: string, text: string): void {
  writeFileSync(path, text)
  own(random, path, random.is(0.8) ? 0o644 : random.of([0o640, 0o600, 0o604, 0o444, 0o000]))
}

function own(random: Random, path: string, mode: number): void {
  const user = random.of([0, 0, WORKER, OTHER])
  const group = random.of([0, 0, WORKER, OTHER])
  chownSync(path, user, group)
  chmodSync(path, mode)
  if (random.is(0.04)) Bun.spawnSync(["setfacl", "-m", random.of(["u:33:rx", "u:33:-", "g:33:rx", "g:1000:rwx"]), path])
}

function drawHtaccess(random: Random, path: string): string {
  const folder = path.slice(0, path.indexOf("/tree/"))
  return [
    ...(random.is(0.6) ? drawAccess(random, folder) : []),
    ...drawServing(random),
    ...(random.is(0.35) ? drawRules(random, "") : []),
    ...(random.is(0.15)
      ? [`Redirect ${random.of(["403 /a", "gone /b/f.html", "/moved http://elsewhere.test/"])}`]
      : []),
    ...(random.is(0.2) ? ['<Files "secret.html">', "  Require all denied", "</Files>"] : []),
    ...(random.is(0.15) ? ["SetEnvIf User-Agent bot bad", "SetEnvIfNoCase X-Key ^1 good=1"] : []),
    ...(random.is(0.1) ? ["<IfModule mod_rewrite.c>", "RewriteEngine On", "RewriteRule ^x - [F]", "</IfModule>"] : []),
    ...(random.is(0.02) ? ["Nonsense On"] : []),
    ...(random.is(0.03) ? ["<Directory />", "</Directory>"] : []),
    "",
  ].join("\n")
}
