import { dlopen, ptr } from "bun:ffi"
import { accessSync, closeSync, constants, lstatSync, openSync, statSync } from "node:fs"

// A process that becomes one user after the other and does what it is told, so that the kernel's own answer is heard. It keeps
// root as its saved user, which the kernel does not ask when it decides about files.

/** What to do, and as whom. */
export interface KernelCase {
  readonly user: number
  readonly group: number
  readonly groups: readonly number[]
  readonly path: string
  readonly want: "search" | "list" | "read" | "write" | "execute" | "exists" | "itself"
}

const KEEP = 0xffff_ffff
const ROOT = 0

const { symbols: libc } = dlopen("libc.so.6", {
  setresuid: { args: ["u32", "u32", "u32"], returns: "i32" },
  setresgid: { args: ["u32", "u32", "u32"], returns: "i32" },
  setgroups: { args: ["usize", "ptr"], returns: "i32" },
})

function must(result: number): void {
  if (result !== 0) throw new Error("the process may not become another user")
}

function become({ user, group, groups }: KernelCase): void {
  // A pointer to nothing is refused, so there is always room for one.
  must(libc.setgroups(groups.length, ptr(Uint32Array.from([...groups, 0]))))
  must(libc.setresgid(group, group, KEEP))
  must(libc.setresuid(user, user, ROOT))
}

function becomeRoot(): void {
  must(libc.setresuid(ROOT, ROOT, ROOT))
  must(libc.setresgid(ROOT, ROOT, ROOT))
}

function attempt({ path, want }: KernelCase): void {
  const { O_RDONLY, O_NONBLOCK, O_DIRECTORY, W_OK, X_OK } = constants
  switch (want) {
    case "search":
      accessSync(`${path}/`, X_OK)
      break
    case "list":
      closeSync(openSync(path, O_RDONLY | O_DIRECTORY))
      break
    case "read":
      closeSync(openSync(path, O_RDONLY | O_NONBLOCK))
      break
    case "write":
      accessSync(path, W_OK)
      break
    case "execute":
      accessSync(path, X_OK)
      break
    case "exists":
      statSync(path)
      break
    case "itself":
      lstatSync(path)
      break
  }
}

function answer(it: KernelCase): string {
  become(it)
  try {
    attempt(it)
    return "reached"
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error)
  } finally {
    becomeRoot()
  }
}

process.on("message", (cases: readonly KernelCase[]) => {
  process.send?.(cases.map(answer))
})
process.on("disconnect", () => process.exit(0))
