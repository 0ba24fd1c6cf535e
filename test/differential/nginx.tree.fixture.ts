import { chmodSync, lchownSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import type { Entry, FileTree } from "../../src/servers/files/tree.ts"
import type { Random } from "../random.fixture.ts"

/** A tree that was drawn, on disk and as the judge is told of it. */
export class DrawnTree implements FileTree {
  readonly protectsLinks = true
  readonly #entries = new Map<string, Entry>()
  readonly #acls: string[] = []

  constructor() {
    for (const path of ["/", "/tmp"])
      this.#entries.set(path, { ...plain(path), mode: path === "/tmp" ? 0o1777 : 0o755 })
  }

  at(path: string): Entry | "absent" | "unknown" {
    return this.#entries.get(path) ?? "absent"
  }

  names(path: string): readonly string[] {
    const base = path === "/" ? "/" : `${path}/`
    return [...this.#entries.keys()]
      .filter((it) => it.startsWith(base) && it.length > base.length && !it.slice(base.length).includes("/"))
      .map((it) => it.slice(base.length))
  }

  directory(path: string, mode: number, user = 0, group = 0): void {
    mkdirSync(path, { recursive: true })
    this.#put(path, { kind: "directory", mode, user, group })
  }

  file(path: string, text: string, mode: number, user = 0, group = 0): void {
    writeFileSync(path, text)
    this.#put(path, { kind: "file", mode, user, group })
  }

  link(path: string, target: string, user = 0): void {
    symlinkSync(target, path)
    lchownSync(path, user, 0)
    this.#entries.set(path, { kind: "link", mode: 0o777, user, group: 0, target, source: { file: path, path } })
  }

  /** A right for one user beyond the mode; applied by `apply`. */
  acl(path: string, user: number, permissions: number): void {
    const entry = this.#entries.get(path)
    if (entry === undefined) return
    const group = (entry.mode >> 3) & 7
    const mask = group | permissions
    const shown = (it: number): string => `${it & 4 ? "r" : "-"}${it & 2 ? "w" : "-"}${it & 1 ? "x" : "-"}`
    this.#acls.push(
      `# file: ${path.slice(1)}\nuser::${shown((entry.mode >> 6) & 7)}\nuser:${user}:${shown(permissions)}\ngroup::${shown(group)}\nmask::${shown(mask)}\nother::${shown(entry.mode & 7)}\n`,
    )
    this.#entries.set(path, {
      ...entry,
      mode: (entry.mode & ~0o070) | (mask << 3),
      acl: { group, users: new Map([[user, permissions]]), groups: new Map(), mask },
    })
  }

  apply(file: string): void {
    if (this.#acls.length === 0) return
    writeFileSync(file, this.#acls.join("\n"))
    const { exitCode, stderr } = Bun.spawnSync(["setfacl", `--restore=${file}`], { cwd: "/" })
    if (exitCode !== 0) throw new Error(`setfacl failed: ${stderr.toString()}`)
  }

  #put(path: string, entry: Pick<Entry, "kind" | "mode" | "user" | "group">): void {
    lchownSync(path, Number(entry.user), Number(entry.group))
    chmodSync(path, entry.mode)
    this.#entries.set(path, { ...entry, source: { file: path, path } })
  }
}

const plain = (path: string): Entry => ({
  kind: "directory",
  mode: 0o755,
  user: 0,
  group: 0,
  source: { file: path, path },
})

/** The workers of nginx run as this. */
export const WORKER = { user: 33, group: 33, groups: [33], isRoot: false }
const IDS = [0, 0, 33, 1234] as const

/** Draws a site below `root`: names people use, rights that sometimes do not do. */
export function drawSite(random: Random, tree: DrawnTree, root: string): void {
  const isSane = random.is(0.75)
  const directory = (path: string): void =>
    tree.directory(
      path,
      isSane && random.is(0.85) ? 0o755 : random.of([0o755, 0o711, 0o700, 0o750, 0o744, 0o705, 0o666]),
      random.of(IDS),
      random.of(IDS),
    )
  const file = (path: string): void =>
    tree.file(
      path,
      "x",
      isSane && random.is(0.85) ? 0o644 : random.of([0o644, 0o600, 0o640, 0o604, 0o755, 0o000]),
      random.of(IDS),
      random.of(IDS),
    )
  directory(root)
  for (const name of random.some(
    ["index.html", "index.php", "a.txt", "b.html", ".env", "sp ace.txt", "é.txt", "x.php"],
    0.75,
  ))
    file(`${root}/${name}`)
  for (const name of random.some(["admin", "files", "public", "api", "img"], 0.75)) {
    const path = `${root}/${name}`
    directory(path)
    for (const inner of random.some(["index.html", "index.htm", "a.txt", "b.png", ".git"], 0.65))
      file(`${path}/${inner}`)
    if (!random.is(0.5)) continue
    directory(`${path}/sub`)
    for (const inner of random.some(["index.html", "a.txt"], 0.65)) file(`${path}/sub/${inner}`)
    if (random.is(0.15)) tree.acl(path, random.of([33, 1234]), random.of([5, 7, 4, 0]))
    if (random.is(0.15)) tree.acl(`${path}/sub`, 33, random.of([5, 1, 4]))
  }
  if (random.is(0.3))
    tree.link(
      `${root}/link`,
      random.of(["files", "a.txt", "nowhere", "link", `${root}/admin`, "../other"]),
      random.of(IDS),
    )
  if (random.is(0.2) && tree.at(`${root}/files`) !== "absent")
    tree.link(`${root}/files/up`, random.of(["../a.txt", "..", "sub", "../index.html"]), random.of(IDS))
}
