import { readFileSync } from "node:fs"
import { Names } from "./names.ts"
import type { Reader } from "./tree.ts"

/** The users and groups this machine has in its files; those of a directory service are asked for one by one. */
export const liveNames = (): Names => new Names({ passwd: textOf("/etc/passwd"), group: textOf("/etc/group") })

/**
 * Who a user of this machine is when they read, by name or number. What the files do not say is asked of `id`, which knows
 * directory services too; a name it does not know stays a name.
 */
export function liveReader(name: string, names: Names = liveNames()): Reader {
  const told = names.reader(name)
  if (told.mayHaveMoreGroups !== true || !NAME.test(name)) return told
  const user = idOf("-u", name)?.[0]
  const group = idOf("-g", name)?.[0]
  const groups = idOf("-G", name)
  if (user === undefined || group === undefined || groups === undefined) return told
  names.knowUser(name, user)
  return { user, group, groups: groups.filter((it) => it !== group), isRoot: user === 0 }
}

/** What may stand on a command line: nothing that could be an option. */
const NAME = /^[\w.][\w.@$\\+-]{0,255}$/

function idOf(option: string, name: string): readonly number[] | undefined {
  if (Bun.which("id") === null) return undefined
  const { success, stdout } = Bun.spawnSync(["id", option, name], { stderr: "ignore" })
  return success ? stdout.toString().trim().split(/\s+/).map(Number) : undefined
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8")
  } catch {
    return ""
  }
}
