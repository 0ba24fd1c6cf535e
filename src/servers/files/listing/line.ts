import { dateLength } from "./date-words.ts"
import { readModeWord, type Sighting } from "./sighting.ts"
import { type Word, wordsOf } from "./words.ts"

const MOST_WORDS = 20
/** `find -ls` and `ls -is` put numbers before the mode. */
const MOST_BEFORE = 2
const SIZE = /^\d{1,20}(?:[.,]\d)?[KMGTPE]?i?B?$/
const DEVICE = /^\d{1,10},$/
const OWNERS = /^([^/]+)\/([^/]+)$/

/**
 * Reads one line of `ls -l` in any of its dialects (`-n`, `-h`, `-i`, `-s`, `-Z`), of `find -ls`, `tar -tv` or
 * `stat` of BSD. Undefined for anything else, and for what leaves a column out.
 */
export function readLine(line: string): Sighting | undefined {
  const words = wordsOf(line, MOST_WORDS)
  for (let at = 0; at <= MOST_BEFORE; at++) {
    const word = words[at]
    if (word === undefined) return undefined
    const mode = readModeWord(word.text)
    if (mode !== undefined) {
      const rest = readTar(line, words, at + 1) ?? readLong(line, words, at + 1)
      return rest === undefined ? undefined : named({ ...mode, ...rest })
    }
    if (!/^\d{1,20}$/.test(word.text)) return undefined
  }
  return undefined
}

/** Reads mode, owner, group and an absolute path: `stat -c '%A %U %G %n'`. */
export function readBareLine(line: string): Sighting | undefined {
  const [first, user, group, name] = wordsOf(line, 4)
  const mode = first === undefined ? undefined : readModeWord(first.text)
  if (mode === undefined || user === undefined || group === undefined || name?.text.startsWith("/") !== true)
    return undefined
  return named({ ...mode, user: user.text, group: group.text, name: line.slice(name.start) })
}

type Rest = Pick<Sighting, "name" | "user" | "group" | "size">

function readTar(line: string, words: readonly Word[], at: number): Rest | undefined {
  const [, user, group] = OWNERS.exec(words[at]?.text ?? "") ?? []
  const size = sizeAt(words, at + 1)
  const date = size === undefined ? undefined : dateLength(words, at + 1 + size.words)
  if (user === undefined || group === undefined || size === undefined || date === undefined) return undefined
  return { user, group, ...size.told, name: nameBehind(line, words, at + size.words + date) }
}

/** With the number of links, or without it where SELinux stands (`ls -Z` of coreutils before 8.31). */
function readLong(line: string, words: readonly Word[], at: number): Rest | undefined {
  const hasLinks = /^\d{1,10}$/.test(words[at]?.text ?? "")
  const first = hasLinks ? at + 1 : at
  const user = words[first]?.text
  const group = words[first + 1]?.text
  const context = isContext(words[first + 2]?.text) ? 1 : 0
  if (user === undefined || group === undefined) return undefined
  const next = first + 2 + context
  if (!hasLinks) return context === 0 ? undefined : { user, group, name: nameBehind(line, words, next - 1) }
  const size = sizeAt(words, next)
  if (size === undefined) return undefined
  const date = dateLength(words, next + size.words)
  if (date !== undefined)
    return { user, group, ...size.told, name: nameBehind(line, words, next + size.words + date - 1) }
  return readBsdStat(line, words, next, user, group)
}

/** Device and size, four times in quotation marks, block size, blocks, flags and the name. */
function readBsdStat(line: string, words: readonly Word[], at: number, user: string, group: string): Rest | undefined {
  if (words[at + 2]?.text.startsWith('"') !== true) return undefined
  const after = line.lastIndexOf('" ')
  const [, , , name] = wordsOf(line.slice(after + 2), 4)
  return name === undefined ? undefined : { user, group, name: line.slice(after + 2 + name.start) }
}

function sizeAt(words: readonly Word[], at: number) {
  const first = words[at]?.text ?? ""
  if (DEVICE.test(first)) return { words: 2, told: {} }
  if (!SIZE.test(first)) return undefined
  return { words: 1, told: /^\d{1,15}$/.test(first) ? { size: Number(first) } : {} }
}

const isContext = (text: string | undefined): boolean =>
  text !== undefined && (text === "?" || text.split(":", 4).length >= 4)

/** One blank separates; more belong to the name. */
function nameBehind(line: string, words: readonly Word[], at: number): string {
  const word = words[at]
  return word === undefined ? "" : line.slice(word.end + 1)
}

/** What a listing adds to a name is taken off: escapes of blanks, quotation marks, a slash behind directories, where a link points to. */
function named(it: Sighting): Sighting | undefined {
  const [written, target] = it.kind === "link" ? parted(it.name, " -> ") : parted(it.name, " link to ")
  const name = bared(written)
  if (name === "" || name.includes("\0")) return undefined
  const { name: _, ...rest } = it
  const bare = it.kind === "directory" && name.length > 1 && name.endsWith("/") ? name.slice(0, -1) : name
  return { ...rest, name: bare, ...(it.kind === "link" && target !== undefined ? { target: bared(target) } : {}) }
}

const bared = (text: string): string => plain(text.replaceAll("\\ ", " "))

function parted(text: string, mark: string): readonly [string, string | undefined] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)]
}

/** GNU ls quotes what a shell would part, and moves what it does not quote one blank to the right. */
export function plain(text: string): string {
  const bare = text.trim()
  const quote = bare.charAt(0)
  if (bare.length < 3 || !bare.endsWith(quote) || (quote !== "'" && quote !== '"')) return bare
  const inside = bare.slice(1, -1)
  // Names that need none get none, so that these marks are the name's own.
  return quote === "'" && /^[\w.-]+$/.test(inside) ? bare : inside
}
