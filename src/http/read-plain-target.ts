import { IS_PLAIN_IN_PATH, IS_QUERY_BYTE } from "./bytes.ts"
import type { Target } from "./read-target.ts"

const SLASH = 0x2f
const QUESTION_MARK = 0x3f

/**
 * Reads a target that plainly has no fault, as nearly all are, without looking at a character twice. False: it needs
 * `readTarget`, which knows every rule.
 */
export function readPlainTarget(bytes: Buffer, from: number, to: number, target: Target): boolean {
  if (bytes[from] !== SLASH) return false
  let pathEnd = from
  while (pathEnd < to && IS_PLAIN_IN_PATH[bytes[pathEnd] ?? 0] === 1) pathEnd++
  if (pathEnd < to) {
    if (bytes[pathEnd] !== QUESTION_MARK) return false
    for (let i = pathEnd; i < to; i++) if (IS_QUERY_BYTE[bytes[i] ?? 0] !== 1) return false
    target.query = bytes.latin1Slice(pathEnd, to)
  }
  target.path = bytes.latin1Slice(from, pathEnd)
  return true
}
