const SIMPLE: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  E: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
  "?": "?",
}

/** What a backslash at `at` and the letters behind it stand for in `$'…'` (Bash manual, "ANSI-C Quoting"). */
export function escaped(text: string, at: number): { readonly value: string; readonly end: number } {
  const letter = text[at + 1]
  if (letter === undefined) return { value: "\\", end: at + 1 }
  const simple = Object.hasOwn(SIMPLE, letter) ? SIMPLE[letter] : undefined
  if (simple !== undefined) return { value: simple, end: at + 2 }
  const rest = text.slice(at + 1, at + 10)
  const code =
    /^x([0-9A-Fa-f]{1,2})/.exec(rest) ?? /^u([0-9A-Fa-f]{1,4})/.exec(rest) ?? /^U([0-9A-Fa-f]{1,8})/.exec(rest)
  if (code !== null) return { value: character(Number.parseInt(code[1] ?? "", 16)), end: at + 1 + code[0].length }
  const octal = /^[0-7]{1,3}/.exec(rest)
  if (octal !== null) return { value: character(Number.parseInt(octal[0], 8) & 0xff), end: at + 1 + octal[0].length }
  const control = /^c([\x20-\x7e])/.exec(rest)
  if (control !== null) return { value: character((control[1] ?? "").charCodeAt(0) & 0x1f), end: at + 3 }
  return { value: `\\${letter}`, end: at + 2 }
}

const character = (code: number): string => (code <= 0x10_ffff ? String.fromCodePoint(code) : "\ufffd")
