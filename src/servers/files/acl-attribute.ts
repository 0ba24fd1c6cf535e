import { dlopen, ptr } from "bun:ffi"
import type { Acl } from "./tree.ts"

/** Largest value of an extended attribute (Linux `XATTR_SIZE_MAX`). */
const LARGEST = 65_536
const VERSION = 2
const TAG = { user: 0x02, owningGroup: 0x04, group: 0x08, mask: 0x10 } as const
const HEADER_BYTES = 4
const ENTRY_BYTES = 8

/** C libraries by the names their systems know them by: glibc, musl. */
const LIBRARIES = ["libc.so.6", "libc.musl-x86_64.so.1", "libc.musl-aarch64.so.1"]
const ATTRIBUTE = Buffer.from("system.posix_acl_access\0")

type ReadAttribute = (path: string, into: Uint8Array) => number

/**
 * Reads the access control list of a path, as the kernel keeps it (Linux include/uapi/linux/posix_acl_xattr.h).
 *
 * Undefined where there is none beside the mode; `unknown` where it cannot be read on this machine.
 */
export function aclOf(path: string): Acl | "unknown" | undefined {
  if (process.platform !== "linux") return undefined
  reader ??= open()
  if (reader === undefined || path.includes("\0")) return "unknown"
  const length = reader(path, buffer)
  return length < 0 ? undefined : decode(buffer.subarray(0, length))
}

const buffer = new Uint8Array(LARGEST)
let reader: ReadAttribute | undefined

function open(): ReadAttribute | undefined {
  for (const library of LIBRARIES)
    try {
      const { symbols } = dlopen(library, {
        lgetxattr: { args: ["ptr", "ptr", "ptr", "usize"], returns: "i64" },
      })
      return (path, into) =>
        Number(symbols.lgetxattr(ptr(Buffer.from(`${path}\0`)), ptr(ATTRIBUTE), ptr(into), into.length))
    } catch {
      // Not this C library: try the next.
    }
  return undefined
}

function decode(bytes: Uint8Array): Acl | "unknown" | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER_BYTES || view.getUint32(0, true) !== VERSION) return "unknown"
  const users = new Map<number, number>()
  const groups = new Map<number, number>()
  let group = 0
  let mask: number | undefined
  for (let at = HEADER_BYTES; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) {
    const permissions = view.getUint16(at + 2, true)
    const id = view.getUint32(at + 4, true)
    const tag = view.getUint16(at, true)
    if (tag === TAG.user) users.set(id, permissions)
    else if (tag === TAG.group) groups.set(id, permissions)
    else if (tag === TAG.owningGroup) group = permissions
    else if (tag === TAG.mask) mask = permissions
  }
  // Without a mask it names nobody, and the mode says it all.
  return mask === undefined ? undefined : { group, users, groups, mask }
}
