import { readFileSync } from "node:fs"

/** Names this process among all that ever ran on this machine, for `isAlive` to be asked later. */
export const processName = (): string => `${bootOf()} ${process.pid} ${startOf(process.pid) ?? ""}`

/**
 * Whether the process still runs. A process that took over its number is told apart by when it began; one that was killed
 * and that its parent has not yet taken note of does not run. What cannot be told is taken to run.
 */
export function isAlive(name: string): boolean {
  const [boot, pid = "", start = ""] = name.split(" ")
  if (boot !== bootOf()) return false
  if (start !== "") return startOf(Number(pid)) === start
  try {
    process.kill(Number(pid), 0)
    return true
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH")
  }
}

/** Clock ticks from the machine's start to the process's (proc(5)); undefined where it is over, or is not Linux's to tell. */
function startOf(pid: number): string | undefined {
  const stat = textOf(`/proc/${pid}/stat`)
  // The name, in brackets, may hold blanks and brackets; the state and 18 more fields come before the start.
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? []
  return state === "Z" || state === "X" ? undefined : fields[18]
}

const bootOf = (): string => textOf("/proc/sys/kernel/random/boot_id")?.trim() ?? ""

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined
    throw error
  }
}
