import { childOf, parentOf } from "../path.ts"

/** Longest path a listing may name (Linux `PATH_MAX`). */
const LONGEST = 4096

/**
 * A name as written, at a directory: absolute and without `.`, `..` and double slashes. Undefined where it does not say: a
 * relative name without a directory, or one beginning with `~`.
 */
export function joined(directory: string | undefined, name: string): string | undefined {
  if (name.length > LONGEST || name === "" || name.includes("\0") || name.includes("\n")) return undefined
  if (!name.startsWith("/") && (directory === undefined || name.startsWith("~"))) return undefined
  let path = name.startsWith("/") ? "/" : (directory ?? "/")
  for (const part of name.split("/")) {
    if (part === "" || part === ".") continue
    path = part === ".." ? parentOf(path) : childOf(path, part)
  }
  return path.length > LONGEST ? undefined : path
}

/** `root@host:/var/www# ls -la html`: where a shell says it stands, and what was typed. */
const PROMPT = /^[^\s:]{1,100}:((?:\/|~)[^\s$#%>]{0,1000})[$#%>] ?(.*)$/
const PLAIN_PROMPT = /^(?:[^\s$#%>]{0,100}|\[[^\]]{1,200}\])[$#%>] ?(.*)$/
const COMMANDS = ["ls", "ll", "namei", "stat", "getfacl", "find", "tar", "cd"]

export interface Command {
  readonly name: string
  readonly cwd: string | undefined
  readonly flags: string
  readonly paths: readonly string[]
}

/** A command line of a pasted session that lists files, as far as it says where. */
export function readCommand(line: string): Command | undefined {
  const [, cwd, typed] = PROMPT.exec(line) ?? []
  const [, bare] = typed === undefined ? (PLAIN_PROMPT.exec(line) ?? []) : []
  const words = (typed ?? bare ?? line).split(/[ \t]/, 32).filter((it) => it !== "" && it !== "sudo")
  const [name = "", ...others] = words
  if (!COMMANDS.includes(name)) return undefined
  // A sentence that begins with such a word is none.
  if (typed === undefined && bare === undefined && !others.every((it) => /^[-/.~]/.test(it))) return undefined
  return {
    name,
    cwd: cwd?.startsWith("/") === true ? cwd : undefined,
    flags: others.filter((it) => /^-[A-Za-z]/.test(it)).join(""),
    paths: others.filter((it) => !it.startsWith("-")),
  }
}
