/** Letters of a text that are to be blotted out. */
export interface Span {
  readonly start: number
  readonly end: number
  /** Whether signs that a shell reads as its own stay, so that the words are still split where they were. */
  readonly isShell?: boolean
}

/** Finds some kind of credential. Takes time in proportion to the text. */
export type Finder = (text: string) => Iterable<Span>

/** The text with these spans blotted out, letter for letter: positions stay what they were. */
export function blotted(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text
  const sorted = spans.toSorted((a, b) => a.start - b.start)
  const parts: string[] = []
  let at = 0
  for (const { start, end, isShell = false } of sorted) {
    const from = Math.max(at, start)
    if (end <= from) continue
    parts.push(text.slice(at, from), text.slice(from, end).replace(isShell ? /[^\r\n'"\\^`$]/g : /[^\r\n]/g, "*"))
    at = end
  }
  parts.push(text.slice(at))
  return parts.join("")
}

/** Where two texts of one length differ. */
export function changed(a: string, b: string): readonly (readonly [start: number, end: number])[] {
  const found: [number, number][] = []
  for (let at = 0; at < a.length; at++) {
    if (a[at] === b[at]) continue
    const last = found.at(-1)
    if (last?.[1] === at) last[1] = at + 1
    else found.push([at, at + 1])
  }
  return found
}
