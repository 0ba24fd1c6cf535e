import type { Names } from "../names.ts"
import { plain } from "./line.ts"
import { readModeWord, type Sighting } from "./sighting.ts"

/** `  File: /var/www/html`, in whatever language. */
const FILE = /^ {0,4}[^\s:]{1,24}: {1,4}(\S.{0,4500})$/
/** The line after it: `  Size: 4096      	Blocks: 8`. */
const SIZE = /^ {0,4}[^\s:]{1,24}: {0,4}\d{1,20}[ \t]{1,20}[^\s:]{1,24}: /
const ACCESS =
  /\([0-7]{3,5}\/([A-Za-z-]{10})\) {1,12}[^\s(]{1,24} ?\( {0,10}(\d{1,10})\/ {0,40}([^)\s]{1,64})\) {1,12}[^\s(]{1,24} ?\( {0,10}(\d{1,10})\/ {0,40}([^)\s]{1,64})\)/

/** Follows the output of `stat`, of GNU or `-x` of BSD: the name first, mode and owners some lines below. */
export class StatReader {
  #name: string | undefined
  #target: string | undefined
  #previous = ""
  readonly #names: Names

  constructor(names: Names) {
    this.#names = names
  }

  /** What a line completes: an entry with the numbers of its owners, whose names are learned. */
  read(line: string): Sighting | undefined {
    if (SIZE.test(line)) this.#remember(this.#previous)
    this.#previous = line
    const [, letters, uid, user, gid, group] = (line.includes("(") ? ACCESS.exec(line) : null) ?? []
    const name = this.#name
    const mode = letters === undefined ? undefined : readModeWord(letters)
    if (mode === undefined || name === undefined || uid === undefined || gid === undefined) return undefined
    if (isName(user)) this.#names.knowUser(user, Number(uid))
    if (isName(group)) this.#names.knowGroup(group, Number(gid))
    this.#name = undefined
    const target = mode.kind === "link" && this.#target !== undefined ? { target: this.#target } : {}
    return { ...mode, name, user: uid, group: gid, ...target }
  }

  #remember(line: string): void {
    const [, value] = FILE.exec(line) ?? []
    const [name, target] = value?.split(" -> ", 2) ?? []
    this.#name = name === undefined ? undefined : unquoted(name)
    this.#target = target === undefined ? undefined : unquoted(target)
  }
}

/** GNU and BSD say of a number without a name that it has none. */
const isName = (text: string | undefined): text is string =>
  text !== undefined && text !== "UNKNOWN" && text !== "(null" && !/^\d/.test(text)

/** BSD and GNU put it in quotation marks, of which older GNU has those of the language. */
function unquoted(text: string): string {
  const bare = text.trim()
  const closing = CLOSING[bare.charAt(0)]
  return closing !== undefined && bare.length > 2 && bare.endsWith(closing) ? bare.slice(1, -1) : plain(bare)
}

const CLOSING: Readonly<Record<string, string>> = { "‘": "’", "“": "”", "„": "“", "»": "«", "«": "»", "`": "'" }
