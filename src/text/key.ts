import { isScalar, type ParsedNode } from "yaml"
import type { Range } from "./flaw.ts"
import { type Masked, referencesWithin } from "./mask.ts"
import { restored } from "./restore.ts"

interface Key extends Range {
  /** Undefined where nothing can be stored under it. */
  readonly name: string | undefined
  readonly flaws: readonly { readonly offset: number; readonly message: string; readonly hint: string }[]
}

/** The name of an entry as written: `0x10`, `1.0` and `yes` are names, not numbers or truths. */
export function readKey(node: ParsedNode, masked: Masked): Key {
  const [start, end] = node.range
  if (!isScalar(node)) return { start, end, name: undefined, flaws: [{ offset: start, ...NOT_A_NAME }] }
  if (start === end) return { start, end, name: undefined, flaws: [{ offset: start, ...NO_NAME }] }
  const references = referencesWithin(masked, start, end)
  const name = restored(node.type === "PLAIN" ? node.source : String(node.value), references, masked)
  const flaws = references.flatMap((it) => (it.kind === "literal" ? [] : [{ offset: it.start, ...NO_VARIABLES }]))
  if (name === "__proto__") return { start, end, name: undefined, flaws: [{ offset: start, ...RESERVED }] }
  return { start, end, name, flaws: name === "<<" ? [...flaws, { offset: start, ...NO_MERGING }] : flaws }
}

const NOT_A_NAME = { message: "a list, map or alias stands where a name is needed", hint: "use a text as the name" }
const NO_NAME = { message: "there is a value without a name", hint: 'write a name before the ":"' }
const RESERVED = { message: '"__proto__" cannot be a name', hint: "choose another name" }
const NO_VARIABLES = {
  message: `"\${…}" stands in a name, where it is not replaced`,
  hint: 'variables belong in values; write "$${" for the two characters themselves',
}
const NO_MERGING = {
  message: '"<<" does not merge maps here',
  hint: "write the entries out, or let an alias stand for the whole value",
}
