import { chmodSync, chownSync, lchownSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Want } from "../../src/servers/files/walk.ts"
import type { Draw } from "./files-draw.fixture.ts"
import type { KernelCase } from "./files-kernel.fixture.ts"

const USERS = [61_001, 61_002, 61_003]
const GROUPS = [62_001, 62_002, 62_003, 62_004]
const NAMES = ["a", "b", "c d", "é", ".x"]
const WANTS: readonly Want[] = ["search", "list", "read", "write", "execute", "exists", "itself"]
const MOST_ENTRIES = 24

/** Makes a tree below `root`, and cases to be asked of it. */
export async function plant(draw: Draw, root: string, count: number): Promise<readonly KernelCase[]> {
  chmodSync(root, 0o755)
  const directories = [root]
  const paths = [root]
  const lists: string[] = []
  for (let left = MOST_ENTRIES; left > 0; left--) {
    const path = join(draw.of(directories), draw.of(NAMES))
    if (paths.includes(path) || path.length > root.length + 24) continue
    const kind = draw.weighted({ directory: 5, file: 4, link: 3 })
    paths.push(path)
    if (kind === "link") {
      symlinkSync(targetFrom(draw, root, paths), path)
      lchownSync(path, draw.of([0, ...USERS]), 0)
      continue
    }
    if (kind === "directory") {
      mkdirSync(path)
      directories.push(path)
    } else writeFileSync(path, "")
    chownSync(path, draw.of([0, ...USERS]), draw.of([0, ...GROUPS]))
    chmodSync(path, modeFrom(draw))
    if (draw.chance(0.35)) lists.push(listFrom(draw, path))
  }
  await setLists(lists)
  return Array.from({ length: count }, () => caseFrom(draw, paths))
}

function caseFrom(draw: Draw, paths: readonly string[]): KernelCase {
  const user = draw.chance(0.05) ? 0 : draw.of([...USERS, 61_999])
  const groups = GROUPS.filter(() => draw.chance(0.3))
  return { user, group: draw.of([...GROUPS, 62_999]), groups, path: wayFrom(draw, paths), want: draw.of(WANTS) }
}

const USUAL = [0o755, 0o750, 0o751, 0o711, 0o700, 0o775, 0o604, 0o070, 0o007, 0o1777, 0o2750]

const modeFrom = (draw: Draw): number => (draw.chance(0.6) ? draw.of(USUAL) : draw.below(0o2000))

/** One entry of a list in the form `setfacl --restore` reads. */
function listFrom(draw: Draw, path: string): string {
  const bits = (): string => ["r", "w", "x"].map((it) => (draw.chance(0.6) ? it : "-")).join("")
  return [
    `# file: ${path.replace(/[^\x21-\x7e]|\\/g, octal)}`,
    `user::${bits()}`,
    ...USERS.filter(() => draw.chance(0.4)).map((it) => `user:${it}:${bits()}`),
    `group::${bits()}`,
    ...GROUPS.filter(() => draw.chance(0.4)).map((it) => `group:${it}:${bits()}`),
    `mask::${draw.chance(0.3) ? "---" : bits()}`,
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

function targetFrom(draw: Draw, root: string, paths: readonly string[]): string {
  const path = draw.of(paths)
  switch (draw.weighted({ absolute: 4, relative: 3, up: 2, loop: 1, odd: 1 })) {
    case "absolute":
      return path
    case "relative":
      return draw.of(NAMES)
    case "up":
      return `../${draw.of(NAMES)}${draw.chance(0.3) ? "/" : ""}`
    case "loop":
      return paths.at(-1) ?? root
    case "odd":
      return draw.of([".", "..", "/", `${root}/../${root.slice(root.lastIndexOf("/") + 1)}/a`, "./a/./b//"])
  }
}

/** A path somewhere into the tree, not always as a tidy program would write it. */
function wayFrom(draw: Draw, paths: readonly string[]): string {
  let way = draw.of(paths)
  for (let more = draw.below(4); more > 0; more--)
    way += draw.weighted({
      [`/${draw.of(NAMES)}`]: 6,
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
