/** A field name in both of its forms. */
export interface FieldName {
  readonly spelled: string
  /** Lower case. */
  readonly name: string
  readonly bytes: Uint8Array
}

const SLOTS = 1024
const LONGEST_KEPT = 64

/**
 * Names seen lately, one for each slot. Traffic repeats a few dozen spellings, so nearly every name is found here and
 * costs no string. Bounded: a stranger's names overwrite slots and no more, and a slot is always compared in full.
 */
const slots: (FieldName | undefined)[] = new Array<FieldName | undefined>(SLOTS).fill(undefined)

function isSame(kept: Uint8Array, bytes: Uint8Array, from: number, length: number): boolean {
  if (kept.length !== length) return false
  for (let i = 0; i < length; i++) if (kept[i] !== bytes[from + i]) return false
  return true
}

/** The name in `bytes[from, to)`, which must be a token. `hash` is any number that depends on those bytes alone. */
export function internName(bytes: Buffer, from: number, to: number, hash: number): FieldName {
  const slot = hash & (SLOTS - 1)
  const kept = slots[slot]
  if (kept !== undefined && isSame(kept.bytes, bytes, from, to - from)) return kept
  // Decoded apart from the head, because a slice of the head's text would keep all of that text alive.
  const spelled = bytes.latin1Slice(from, to)
  const fresh = { spelled, name: spelled.toLowerCase(), bytes: Uint8Array.from(bytes.subarray(from, to)) }
  if (to - from <= LONGEST_KEPT) slots[slot] = fresh
  return fresh
}
