const LONGEST = 80

/** Text from the wire made fit for `Fault.seen`: printable ASCII, at most 80 characters. */
export function seen(text: string): string {
  let shown = ""
  // One more than can be shown is enough to know that something is left off.
  for (const character of text.slice(0, LONGEST + 1)) {
    const code = character.codePointAt(0) ?? 0
    shown += code >= 0x20 && code < 0x7f ? character : seenByte(code)
  }
  return shown.length <= LONGEST ? shown : `${shown.slice(0, LONGEST - 3)}...`
}

/** `0x` and two or more digits. */
export function seenByte(code: number): string {
  return `0x${code.toString(16).padStart(2, "0")}`
}
