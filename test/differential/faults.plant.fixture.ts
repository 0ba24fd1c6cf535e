import { existsSync, readdirSync, rmSync, statSync } from "node:fs"
import { join } from "node:path"
import type { Random } from "../random.fixture.ts"
import { everyLine, type Line, type Site } from "./faults.site.fixture.ts"

/** What was done to a working site, and what a diagnosis has to name. */
export interface Planted {
  /** Any of these lines: those that were added or changed, or, where a line was taken away, the one that decides then. */
  readonly lines: readonly Line[]
  /** Or the file or directory that was changed, on disk. */
  readonly path?: string
}

/** One kind of fault. Changes of files are made once the site is written, so that `files` does them. */
export interface Kind {
  readonly name: string
  /** Undefined where the site has nothing to plant it in. */
  plant(random: Random, site: Site): Planted | undefined
}

/** One of a list that may be empty. */
export function oneOf<T>(random: Random, items: readonly T[]): T | undefined {
  return items[random.below(items.length)]
}

/** Puts lines at the beginning of a block. */
export function begin({ inside }: { readonly inside: Line[] }, ...lines: readonly Line[]): Planted {
  inside.unshift(...lines)
  return { lines: deciding(lines) }
}

/** Puts lines at the end of a block. */
export function end({ inside }: { readonly inside: Line[] }, ...lines: readonly Line[]): Planted {
  inside.push(...lines)
  return { lines: deciding(lines) }
}

/** Lines that do something, and conditions; not the section around them, which is told with every refusal. */
function deciding(lines: readonly Line[]): readonly Line[] {
  return [...everyLine([...lines])].flatMap(({ it }) => (it.inside === undefined || /^if\b/.test(it.text) ? [it] : []))
}

/** Lines that fit, without blocks. */
export const linesIn = (
  { texts }: Site,
  text: RegExp,
): readonly { readonly it: Line; readonly within: readonly Line[] }[] =>
  texts.flatMap(({ lines }) => [...everyLine(lines)]).filter(({ it }) => it.inside === undefined && text.test(it.text))

/** Writes another text in a line that is there. */
export function rewritten(it: Line | undefined, text: string): Planted | undefined {
  if (it === undefined || it.text === text) return undefined
  it.text = text
  return { lines: [it] }
}

const WORKER = 33
export const content = (folder: string): string => join(folder, "www")

/** Everything below a directory, the directory included. */
function below(path: string): readonly string[] {
  const inner = readdirSync(path, { withFileTypes: true }).flatMap((it) =>
    it.isDirectory() ? below(join(path, it.name)) : it.isSymbolicLink() ? [] : [join(path, it.name)],
  )
  return [path, ...inner]
}

const directories = (folder: string): readonly string[] =>
  below(content(folder)).filter((it) => statSync(it).isDirectory())
const files = (folder: string): readonly string[] =>
  below(content(folder)).filter((it) => statSync(it).isFile() && !it.endsWith("/.htaccess"))

/** Takes from the class of users the worker is in: its owner, its group, all others, or what the list says of it. */
function bar(path: string, bits: number): Planted {
  const { mode, uid, gid } = statSync(path)
  const shift = uid === WORKER ? 6 : gid === WORKER ? 3 : 0
  run("chmod", (mode & 0o7777 & ~(bits << shift)).toString(8).padStart(4, "0"), path)
  // An entry of its own goes before the class.
  if (hasList(path)) run("setfacl", "-m", `u:${WORKER}:---`, path)
  return { lines: [], path }
}

/** An entry that keeps the worker out by name; the mode shows nothing of it. */
function barByList(path: string): Planted | undefined {
  if (statSync(path).uid === WORKER) return undefined
  run("setfacl", "-m", `u:${WORKER}:---`, path)
  return { lines: [], path }
}

/** A mask that takes back what an entry grants the worker: `chmod g-rwx` on what has a list does it. */
function barByMask(path: string): Planted | undefined {
  if (statSync(path).uid === WORKER) return undefined
  run("setfacl", "-m", `u:${WORKER}:r-x`, path)
  run("setfacl", "-m", "m::---", path)
  return { lines: [], path }
}

const hasList = (path: string): boolean =>
  Bun.spawnSync(["getfacl", "-cp", path]).stdout.toString().includes(`user:www-data:`)

export function run(...command: readonly [string, ...string[]]): void {
  const { exitCode, stderr } = Bun.spawnSync([...command])
  if (exitCode !== 0) throw new Error(`${command.join(" ")}: ${stderr.toString()}`)
}

/** The index of a directory gone. */
export function withoutIndex(random: Random, folder: string): Planted | undefined {
  const path = oneOf(
    random,
    directories(folder).filter((it) => existsSync(join(it, "index.html"))),
  )
  if (path === undefined) return undefined
  rmSync(join(path, "index.html"))
  return { lines: [], path }
}

/** The kinds every server has, as they are faults of the file system. */
export const FILE_KINDS: readonly Kind[] = [
  {
    name: "a directory may not be searched",
    plant: (random, { folder }) => barred(random, directories(folder), 1),
  },
  {
    name: "a directory keeps its class out",
    plant: (random, { folder }) => barred(random, directories(folder), 7),
  },
  {
    name: "a file may not be read",
    plant: (random, { folder }) => barred(random, files(folder), 4),
  },
  {
    name: "an entry of the list keeps out",
    plant: (random, { folder }) => onOne(random, below(content(folder)), barByList),
  },
  {
    name: "the mask of the list keeps out",
    plant: (random, { folder }) => onOne(random, below(content(folder)), barByMask),
  },
]

const barred = (random: Random, paths: readonly string[], bits: number): Planted | undefined =>
  onOne(random, paths, (it) => bar(it, bits))

function onOne(
  random: Random,
  paths: readonly string[],
  plant: (path: string) => Planted | undefined,
): Planted | undefined {
  const path = oneOf(random, paths)
  return path === undefined ? undefined : plant(path)
}
