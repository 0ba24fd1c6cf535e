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
/** Whatever else stands before a command: `$`, `[root@host html]#`, `root@host [ ~ ]#`. */
const PLAIN_PROMPT = /^[^$#%>]{0,120}[$#%>] {0,2}(\S.*)$/
const COMMANDS = ["ls", "ll", "namei", "stat", "getfacl", "find", "tar", "cd"]
/** What runs a command elsewhere or as someone else; `docker exec web ls -l /srv`. */
const RUNNERS = ["sudo", "docker", "docker-compose", "podman", "kubectl", "ssh", "doas"]
const MOST_WORDS = 32

export interface Command {
  readonly name: string
  readonly cwd: string | undefined
  readonly flags: string
  readonly paths: readonly string[]
}

/** A command line of a pasted session that lists files, as far as it says where. */
export function readCommand(line: string): Command | undefined {
  const [, cwd, typed] = PROMPT.exec(line) ?? []
  const bare = typed ?? PLAIN_PROMPT.exec(line)?.[1]
  const words = (bare ?? line).split(/[ \t]/, MOST_WORDS).filter((it) => it !== "")
  const at = RUNNERS.includes(words[0] ?? "") ? words.findIndex((it) => COMMANDS.includes(it)) : 0
  const name = words[at] ?? ""
  const others = words.slice(at + 1)
  if (at < 0 || !COMMANDS.includes(name)) return undefined
  // A sentence that begins with such a word is none.
  if (bare === undefined && !others.every((it) => /^[-/.~]/.test(it))) return undefined
  return {
    name,
    cwd: cwd?.startsWith("/") === true ? cwd : undefined,
    flags: others.filter((it) => /^-[A-Za-z]/.test(it)).join(""),
    paths: others.filter((it) => !it.startsWith("-")).map((it) => it.replace(/^(['"])(.*)\1$/, "$2")),
  }
}
