import type { Entry } from "./tree.ts"

/** First letter of a listing. What is neither directory, file nor link is shown as a device. */
const LETTER: Readonly<Record<Entry["kind"], string>> = { directory: "d", file: "-", link: "l", other: "c" }
const KINDS: Readonly<Record<string, Entry["kind"]>> = { d: "directory", "-": "file", l: "link", h: "file" }
const OTHERS = "bcpsDMnPwC"

/** A kind and twelve bits as `ls -l` shows them: `drwxr-s--T`. */
export function showMode({ kind, mode }: Pick<Entry, "kind" | "mode">): string {
  const triple = (shift: number, special: boolean, letter: string): string => {
    const bits = mode >> shift
    const plain = bits & 1 ? "x" : "-"
    const last = special ? (bits & 1 ? letter : letter.toUpperCase()) : plain
    return `${bits & 4 ? "r" : "-"}${bits & 2 ? "w" : "-"}${last}`
  }
  const user = triple(6, (mode & 0o4000) !== 0, "s")
  const group = triple(3, (mode & 0o2000) !== 0, "s")
  return `${LETTER[kind]}${user}${group}${triple(0, (mode & 0o1000) !== 0, "t")}`
}

/** Reads ten characters as `ls -l` shows them; a link to a file (`h` in tar) is a file. */
export function readMode(text: string): Pick<Entry, "kind" | "mode"> | undefined {
  const letter = text.charAt(0)
  const kind = KINDS[letter] ?? (letter !== "" && OTHERS.includes(letter) ? "other" : undefined)
  const mode = kind === undefined ? undefined : readBits(text.slice(1))
  return kind === undefined || mode === undefined ? undefined : { kind, mode }
}

/** Reads the nine characters `rwxr-x--x`, with set-id and sticky bits. */
export function readBits(text: string): number | undefined {
  if (!/^(?:[r-][w-][xsS-]){2}[r-][w-][xtT-]$/.test(text)) return undefined
  let mode = 0
  for (let at = 0; at < 9; at++) {
    const letter = text.charAt(at)
    if (letter !== "-" && letter !== "S" && letter !== "T") mode |= 0o400 >> at
    if ("sStT".includes(letter)) mode |= [0o4000, 0o2000, 0o1000][(at - 2) / 3] ?? 0
  }
  return mode
}

/** Three bits as `r-x`. */
export const showPermissions = (bits: number): string =>
  `${bits & 4 ? "r" : "-"}${bits & 2 ? "w" : "-"}${bits & 1 ? "x" : "-"}`

export const readPermissions = (text: string): number =>
  (text.includes("r") ? 4 : 0) | (text.includes("w") ? 2 : 0) | (/[xX]/.test(text) ? 1 : 0)
