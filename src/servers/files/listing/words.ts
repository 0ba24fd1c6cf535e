/** A run of what is not blank, and where it ends in its line. */
export interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** The first words of a line; no form of a listing needs more to find the name, which may hold blanks itself. */
export function wordsOf(line: string, most: number): readonly Word[] {
  const words: Word[] = []
  let start = -1
  for (let at = 0; at <= line.length && words.length < most; at++) {
    const isBlank = at === line.length || line.charCodeAt(at) === 0x20 || line.charCodeAt(at) === 0x09
    if (!isBlank && start < 0) start = at
    if (isBlank && start >= 0) {
      words.push({ text: line.slice(start, at), start, end: at })
      start = -1
    }
  }
  return words
}
