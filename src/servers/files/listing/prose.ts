import { readBits } from "../mode-text.ts"
import { nameOf } from "../path.ts"
import type { Entry } from "../tree.ts"
import type { Sighting } from "./sighting.ts"

const PATH = /(?:^|[\s"'`(=])(\/(?!\/)[^\s"'`,;()<>]{0,1000})/g
/** Of a request, numbers are statuses and lengths. */
const REQUEST = /\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|HTTP)\b/
const LETTERS = /(?:^|[\s"'`(,=:])([dl-]?)([r-][w-][xsS-][r-][w-][xsS-][r-][w-][xtT-])(?![\w-])/g
/** Not what may as well be a status, a port or a year: modes that nobody sets are not taken for any. */
const DIGITS = /(?:^|[\s"'`(,=:/])(0?[67][014567]{2}|[0-7][4-7][014567]{2})(?![\w.:-])/g
const PAIR = /(?:^|[\s"'`(,=])([a-z_][a-z0-9_-]{0,31})[:/]([a-z_][a-z0-9_-]{0,31})(?![\w:/.-])/
const OWNER = /\bown(?:er|ed)(?: is| by)?[ :=]{1,3}(?:user )?([a-z_][a-z0-9_-]{0,31})\b/i
const NO_NAME = new Set(["is", "by", "and", "the", "user", "group", "me", "my", "not", "by", "of", "has", "can", "www"])
const LONGEST = 2000

/**
 * Reads what a person says of paths in passing: `/home/user/web drwx--x--- (710)`, `/srv/www 755, owner www-data`.
 *
 * A path and a mode belong together where a piece of the sentence has one of each; all else is left alone.
 */
export function readProse(line: string): readonly (Sighting & { readonly isGuess: boolean })[] {
  if (line.length > LONGEST || !line.includes("/") || REQUEST.test(line)) return []
  const pieces = line.split(/[,;]/)
  const seen = pieces.flatMap((it) => readPiece(it))
  const owner = OWNER.exec(line)?.[1]
  const user = owner === undefined || NO_NAME.has(owner.toLowerCase()) ? undefined : owner
  return user === undefined ? seen : seen.map((it) => (it.user === undefined ? { ...it, user } : it))
}

function readPiece(piece: string): readonly (Sighting & { readonly isGuess: boolean })[] {
  const paths = Array.from(piece.matchAll(PATH), ([, path = ""]) => path.replace(/[.:!?]$/, ""))
  const letters = Array.from(piece.matchAll(LETTERS), ([, kind = "", bits = ""]) => ({ kind, mode: readBits(bits) }))
  const digits = Array.from(piece.matchAll(DIGITS), ([, it = ""]) => Number.parseInt(it, 8))
  const modes = new Set([...letters.flatMap(({ mode }) => (mode === undefined ? [] : [mode])), ...digits])
  const [path] = paths
  const [mode] = modes
  if (path === undefined || mode === undefined || paths.length !== 1 || modes.size !== 1) return []
  const told = kindOf(path, letters[0]?.kind ?? "", piece)
  const [, user, group] = PAIR.exec(piece) ?? []
  const owners = user === undefined || group === undefined ? {} : { user, group }
  const name = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path
  return [{ name, mode, kind: told ?? likelyKind(name, mode), isGuess: told === undefined, ...owners }]
}

const KIND: Readonly<Record<string, Entry["kind"]>> = { d: "directory", "-": "file" }

function kindOf(path: string, letter: string, piece: string): Entry["kind"] | undefined {
  if (KIND[letter] !== undefined) return KIND[letter]
  return path.endsWith("/") || /\b(?:dir|directory|folder)\b/i.test(piece) ? "directory" : undefined
}

/** Directories are searched and seldom have a dot in their names. */
const likelyKind = (name: string, mode: number): Entry["kind"] =>
  (mode & 0o100) !== 0 && !nameOf(name).includes(".") ? "directory" : "file"
