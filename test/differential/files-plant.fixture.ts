import { chmodSync, chownSync, lchownSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Want } from "../../src/servers/files/walk.ts"
import type { Random } from "../random.fixture.ts"
import type { KernelCase } from "./files-kernel.fixture.ts"

const USERS = [61_001, 61_002, 61_003]
const GROUPS = [62_001, 62_002, 62_003, 62_004]
const NAMES = ["a", "b", "c d", "é", ".x"]
const WANTS: readonly Want[] = ["search", "list", "read", "write", "execute", "exists", "itself"]
const MOST_ENTRIES = 24

/** Makes a tree below `root`, and cases to be asked of it. */
export async function plant(random: Random, root: string, count: number): Promise<readonly KernelCase[]> {
  chmodSync(root, 0o755)
  const directories = [root]
  const paths = [root]
  const lists: string[] = []
  for (let left = MOST_ENTRIES; left > 0; left--) {
    const path = join(random.of(directories), random.of(NAMES))
    if (paths.includes(path) || path.length > root.length + 24) continue
    const kind = random.weighted({ directory: 5, file: 4, link: 3 })
    paths.push(path)
    if (kind === "link") {
      symlinkSync(targetFrom(random, root, paths), path)
      lchownSync(path, random.of([0, ...USERS]), 0)
      continue
    }
    if (kind === "directory") {
      mkdirSync(path)
      directories.push(path)
    } else writeFileSync(path, "")
    chownSync(path, random.of([0, ...USERS]), random.of([0, ...GROUPS]))
    chmodSync(path, modeFrom(random))
    if (random.is(0.35)) lists.push(listFrom(random, path))
  }
  await setLists(lists)
  return Array.from({ length: count }, () => caseFrom(random, paths))
}

function caseFrom(random: Random, paths: readonly string[]): KernelCase {
  const user = random.is(0.05) ? 0 : random.of([...USERS, 61_999])
  const groups = GROUPS.filter(() => random.is(0.3))
  return { user, group: random.of([...GROUPS, 62_999]), groups, path: wayFrom(random, paths), want: random.of(WANTS) }
}

const USUAL = [0o755, 0o750, 0o751, 0o711, 0o700, 0o775, 0o604, 0o070, 0o007, 0o1777, 0o2750]

const modeFrom = (random: Random): number => (random.is(0.6) ? random.of(USUAL) : random.below(0o2000))

/** One entry of a list in the form `setfacl --restore` reads. */
function listFrom(random: Random, path: string): string {
  const bits = (): string => ["r", "w", "x"].map((it) => (random.is(0.6) ? it : "-")).join("")
  return [
    `# file: ${path.replace(/[^\x21-\x7e]|\\/g, octal)}`,
    `user::${bits()}`,
    ...USERS.filter(() => random.is(0.4)).map((it) => `user:${it}:${bits()}`),
    `group::${bits()}`,
    ...GROUPS.filter(() => random.is(0.4)).map((it) => `group:${it}:${bits()}`),
    `mask::${random.is(0.3) ? "---" : bits()}`,
    `other::${bits()}`,
    "",
  ].join("\n")
}

const octal = (it: string): string =>
  [...Buffer.from(it)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("")

async function setLists(lists: readonly string[]): Promise<void> {
  if (lists.length === 0) return
  const setting = Bun.spawn(["setfacl", "--restore=-"], {
    stdin: new Blob([lists.join("\n")]),
    stdout: "ignore",
    stderr: "pipe",
  })
  if ((await setting.exited) !== 0) throw new Error(await new Response(setting.stderr).text())
}

function targetFrom(random: Random, root: string, paths: readonly string[]): string {
  const path = random.of(paths)
  switch (random.weighted({ absolute: 4, relative: 3, up: 2, loop: 1, odd: 1 })) {
    case "absolute":
      return path
    case "relative":
      return random.of(NAMES)
    case "up":
      return `../${random.of(NAMES)}${random.is(0.3) ? "/" : ""}`
    case "loop":
      return paths.at(-1) ?? root
    case "odd":
      return random.of([".", "..", "/", `${root}/../${root.slice(root.lastIndexOf("/") + 1)}/a`, "./a/./b//"])
  }
}

/** A path somewhere into the tree, not always as a tidy program would write it. */
function wayFrom(random: Random, paths: readonly string[]): string {
  let way = random.of(paths)
  for (let more = random.below(4); more > 0; more--)
    way += random.weighted({
      [`/${random.of(NAMES)}`]: 6,
      "/.": 1,
      "/..": 2,
      "//": 1,
      "/": 2,
      "/none": 1,
      [`/${"n".repeat(256)}`]: 0.3,
      [`/${"é".repeat(128)}`]: 0.2,
      [`${"/.".repeat(2048)}`]: 0.1,
    })
  return way
}
