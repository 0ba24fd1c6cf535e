/**
 * A word as a POSIX shell reads it back, letter by letter; with control characters as a terminal can show them (`$'…'`, POSIX
 * 2024).
 */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text) && !text.startsWith("-")) return text
  const plain = text.startsWith("-") ? `./${text}` : text
  if (!HIDDEN.test(plain)) return `'${plain.replaceAll("'", "'\\''")}'`
  return `$'${Array.from(plain, escaped).join("")}'`
}

/** Controls, and what reverses or hides text. */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not reach a terminal
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/

function escaped(character: string): string {
  if (character === "'" || character === "\\") return `\\${character}`
  if (!HIDDEN.test(character)) return character
  return Array.from(Buffer.from(character), (byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("")
}
