import { chmodSync, chownSync, lchownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { LiveTree } from "../../src/servers/files/live-tree.ts"
import type { FileTree, Reader } from "../../src/servers/files/tree.ts"
import { type Walked, type Want, walk } from "../../src/servers/files/walk.ts"
import { Draw } from "./files-draw.fixture.ts"
import type { KernelCase } from "./files-kernel.fixture.ts"

export interface KernelRun {
  readonly cases: number
  readonly seed: number
  /** Told after each tree how many cases are done. */
  readonly progress?: (done: number) => void
}

export interface KernelAgreement {
  readonly cases: number
  /** How often the kernel answered what. */
  readonly answers: ReadonlyMap<string, number>
  readonly disagreements: readonly string[]
}

/** Whether this process may give files away and become other users, without which the kernel cannot be asked. */
export const canAskKernel = (): boolean =>
  process.platform === "linux" && process.getuid?.() === 0 && Bun.which("setfacl") !== null

const CASES_PER_TREE = 100

/**
 * Walks random paths in random trees as random users, and does the same as those users; the trees have owners, groups, modes,
 * access control lists, links of all kinds. Every answer must be the kernel's, error for error.
 */
export async function kernelDifferential({ cases, seed, progress }: KernelRun): Promise<KernelAgreement> {
  const draw = new Draw(seed)
  const answers = new Map<string, number>()
  const disagreements: string[] = []
  const kernel = new Kernel()
  try {
    for (let done = 0; done < cases; done += CASES_PER_TREE) {
      const root = mkdtempSync(join(tmpdir(), "pinpoint-files-"))
      try {
        const asked = await plant(draw, root, Math.min(CASES_PER_TREE, cases - done))
        const tree = new LiveTree()
        for (const [at, answer] of (await kernel.ask(asked)).entries()) {
          const it = asked[at]
          if (it === undefined) throw new Error("the kernel answered what nobody asked")
          answers.set(answer, (answers.get(answer) ?? 0) + 1)
          const said = saidOf(walk(tree, readerOf(it), it.path, it.want))
          if (said !== answer) disagreements.push(`${said}, but the kernel: ${answer} ${told(it, tree)}`)
        }
      } finally {
        rmSync(root, { recursive: true, force: true })
      }
      progress?.(Math.min(cases, done + CASES_PER_TREE))
    }
  } finally {
    kernel.stop()
  }
  return { cases, answers, disagreements }
}

const saidOf = (walked: Walked): string =>
  walked.kind === "failed" ? walked.error : walked.kind === "unsure" ? JSON.stringify(walked.missing) : walked.kind

const readerOf = ({ user, group, groups }: KernelCase): Reader => ({ user, group, groups, isRoot: user === 0 })

/** A case as it can be looked into by hand. */
function told(it: KernelCase, tree: FileTree): string {
  const walked = walk(tree, { user: 0, group: 0, groups: [], isRoot: true }, it.path, "itself")
  const at = walked.kind === "reached" ? walked.held.map(({ path, entry }) => [path, entry]) : []
  return JSON.stringify([it, ...at, walked.kind === "reached" ? walked.entry : walked], (_, value: unknown) =>
    value instanceof Map ? [...value] : value,
  )
}

class Kernel {
  #waiting:
    | { readonly resolve: (answers: readonly string[]) => void; readonly reject: (why: Error) => void }
    | undefined
  readonly #child = Bun.spawn([process.execPath, join(import.meta.dir, "files-kernel.fixture.ts")], {
    ipc: (answers) => {
      if (isAnswers(answers)) this.#waiting?.resolve(answers)
    },
    onExit: () => this.#waiting?.reject(new Error("the process that asks the kernel has ended")),
    stdio: ["ignore", "inherit", "inherit"],
  })

  ask(cases: readonly KernelCase[]): Promise<readonly string[]> {
    const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>()
    this.#waiting = { resolve, reject }
    this.#child.send(cases)
    return promise
  }

  stop(): void {
    this.#child.kill()
  }
}

const isAnswers = (value: unknown): value is readonly string[] => Array.isArray(value)

const USERS = [61_001, 61_002, 61_003]
const GROUPS = [62_001, 62_002, 62_003, 62_004]
const NAMES = ["a", "b", "c d", "é", ".x"]
const WANTS: readonly Want[] = ["search", "list", "read", "write", "execute", "exists", "itself"]
const MOST_ENTRIES = 24

/** Makes a tree below `root`, and cases to be asked of it. */
async function plant(draw: Draw, root: string, count: number): Promise<readonly KernelCase[]> {
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
