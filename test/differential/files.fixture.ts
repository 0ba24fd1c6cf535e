import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileCandidates } from "../../src/servers/files/candidates.ts"
import { showEntry } from "../../src/servers/files/entry-text.ts"
import { LiveTree } from "../../src/servers/files/live-tree.ts"
import { overlay } from "../../src/servers/files/overlay.ts"
import type { FileTree, Reader } from "../../src/servers/files/tree.ts"
import { type Barred, type Walked, walk } from "../../src/servers/files/walk.ts"
import { Random } from "../random.fixture.ts"
import { Kernel } from "./files-asked.fixture.ts"
import type { KernelCase } from "./files-kernel.fixture.ts"
import { plant } from "./files-plant.fixture.ts"

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
  const random = new Random(seed)
  const answers = new Map<string, number>()
  const disagreements: string[] = []
  const kernel = new Kernel()
  try {
    for (let done = 0; done < cases; done += CASES_PER_TREE) {
      const root = mkdtempSync(join(tmpdir(), "pinpoint-files-"))
      try {
        const asked = await plant(random, root, Math.min(CASES_PER_TREE, cases - done))
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

export interface MendAgreement {
  /** Refusals for which something was proposed. */
  readonly mended: number
  readonly disagreements: readonly string[]
}

/**
 * Applies what is proposed for random refusals, as the commands a person would type, until the way is open; the kernel must
 * then let the user in, and each entry must be as it was imagined.
 */
export async function mendDifferential({ cases, seed, progress }: KernelRun): Promise<MendAgreement> {
  const random = new Random(seed)
  const disagreements: string[] = []
  let mended = 0
  const kernel = new Kernel()
  try {
    while (mended < cases) {
      const root = mkdtempSync(join(tmpdir(), "pinpoint-files-"))
      try {
        for (const it of await plant(random, root, CASES_PER_TREE)) {
          const found = await mendOne(kernel, random, it, root)
          if (found === undefined) continue
          disagreements.push(...found)
          mended++
          if (mended === cases) break
        }
      } finally {
        rmSync(root, { recursive: true, force: true })
      }
      progress?.(mended)
    }
  } finally {
    kernel.stop()
  }
  return { mended, disagreements }
}

/** More than any way has steps, as each is opened once. */
const MOST_CHANGES = 20

/** Undefined where it is not refused, or nothing is proposed; else what came out otherwise. */
async function mendOne(
  kernel: Kernel,
  random: Random,
  it: KernelCase,
  root: string,
): Promise<readonly string[] | undefined> {
  const reader = readerOf(it)
  let tree: FileTree = new LiveTree()
  const commands: string[] = []
  const changed = new Set<string>()
  for (
    let walked = walk(tree, reader, it.path, it.want);
    isBarred(walked);
    walked = walk(tree, reader, it.path, it.want)
  ) {
    const candidates = fileCandidates(walked, reader)
    if (candidates.length === 0 || !walked.path.startsWith(root)) return undefined
    if (commands.length === MOST_CHANGES) return [`${commands.join(" && ")} and still refused ${told(it, tree)}`]
    const { written, patches } = random.of(candidates)
    const after = overlay(tree, patches)
    if (after === undefined) return [`${written} does not fit`]
    commands.push(...written)
    changed.add(walked.path)
    tree = after
  }
  if (commands.length === 0) return undefined
  const said = await Bun.$`sh -c ${commands.join(" && ")}`.nothrow().quiet()
  if (said.exitCode !== 0) return [`${commands.join(" && ")}: ${said.stderr.toString()}`]
  const now = new LiveTree()
  const [answer] = await kernel.ask([it])
  const expected = saidOf(walk(tree, reader, it.path, it.want))
  return [
    ...(answer === expected ? [] : [`${expected}, but the kernel: ${answer} ${told(it, now)}`]),
    ...[...changed].flatMap((path) => {
      const [real, thought] = [lineAt(now, path), lineAt(tree, path)]
      return real === thought ? [] : [`${path} is ${real}, not ${thought} after ${commands.join(" && ")}`]
    }),
  ]
}

const isBarred = (walked: Walked): walked is Barred => walked.kind === "failed" && walked.error === "EACCES"

function lineAt(tree: FileTree, path: string): string {
  const entry = tree.at(path)
  return typeof entry === "string" ? entry : showEntry(entry).split(" ").sort().join(" ")
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
