/** `[name "value"]`, as all engines write what they know of a rule. The value is as written, escapes and all. */
export interface Field {
  readonly name: string
  readonly raw: string
}

/** Fields that stand one after the other, with nothing but a space between them. */
export interface Run {
  readonly fields: readonly Field[]
  /** Offset of the first bracket, and one past the last. */
  readonly start: number
  readonly end: number
  /** The last value was not closed: the line was cut, or ModSecurity 2 cut the message at 1024 bytes. */
  readonly isCut: boolean
}

/** Most of a line that is read; servers write at most 8 KiB, and what is longer was made. */
const MOST = 65_536
const NAME_MOST = 16
const TEXTS = new Set(["msg", "data", "uri"])

/** All runs of fields in a line, in order. Linear: what was read once is not read again. */
export function runsIn(line: string, backslashes: 1 | 2): readonly Run[] {
  const text = line.length > MOST ? line.slice(0, MOST) : line
  const runs: Run[] = []
  for (let at = text.indexOf("["); at !== -1; ) {
    const run = readRun(text, at, backslashes)
    if (run !== undefined && run.fields.length > 0) runs.push(run)
    at = text.indexOf("[", run === undefined ? at + 1 : run.end)
  }
  return runs
}

function readRun(text: string, start: number, backslashes: 1 | 2): Run | undefined {
  const fields: Field[] = []
  let at = start
  let isCut = false
  while (true) {
    const value = valueAt(text, at)
    if (value === undefined) break
    const close = closeOf(text, value, backslashes)
    const name = text.slice(at + 1, value - 2)
    // Half a sentence still says something; half a number is another number.
    if (!close.isCut || TEXTS.has(name)) fields.push({ name, raw: text.slice(value, close.at) })
    isCut ||= close.isCut
    at = close.next
    if (text[at] !== " " || text[at + 1] !== "[") break
    at++
  }
  // Also one whose only field was cut was read to its end, and is not to be read again from within.
  return at === start ? undefined : { fields, start, end: at, isCut }
}

/** The offset of the value of a field that begins here. */
function valueAt(text: string, open: number): number | undefined {
  if (text[open] !== "[") return undefined
  let at = open + 1
  while (at - open <= NAME_MOST && isNameLetter(text.charCodeAt(at))) at++
  return at > open + 1 && text[at] === " " && text[at + 1] === '"' ? at + 2 : undefined
}

const isNameLetter = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || code === 0x5f

/**
 * Where a value ends: at the quotation mark that closes the bracket and is not escaped. ModSecurity 2 cuts messages at 1024
 * bytes and goes on with the host, so a value that seems to run over the host ended before it.
 */
function closeOf(text: string, start: number, backslashes: 1 | 2) {
  for (let at = text.indexOf('"', start); at !== -1; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] !== "]" || isEscaped(text, at, start, backslashes)) continue
    const host = text.slice(start, at).indexOf(' [hostname "')
    return host === -1 ? { at, next: at + 2, isCut: false } : { at: start + host, next: start + host, isCut: true }
  }
  return { at: text.length, next: text.length, isCut: true }
}

function isEscaped(text: string, at: number, start: number, backslashes: 1 | 2): boolean {
  let before = 0
  while (at - before > start && text[at - before - 1] === "\\") before++
  return Math.floor(before / backslashes) % 2 === 1
}
