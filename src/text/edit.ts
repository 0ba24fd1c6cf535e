import type { Value } from "../decision/value.ts"
import { closest } from "./closest.ts"
import { EditError } from "./edit-error.ts"
import { valueBy } from "./fill.ts"
import { type Parsed, parse } from "./parse.ts"
import { type Path, parsePath, showPath } from "./path.ts"
import { type Replacement, replacement } from "./replacement.ts"
import { restored } from "./restore.ts"
import { childOf, type Spot } from "./tree.ts"

export interface Change {
  readonly path: Path | string
  readonly to: Value
}

/**
 * The smallest change of the text after which it says what is asked for; all else stays byte for byte.
 * @throws EditError where that cannot be done, PathError where a path cannot be read
 */
export function edit(text: string, changes: readonly Change[]): string {
  const parsed = read(text)
  const wanted = changes.map(({ path, to }) => ({ path: typeof path === "string" ? parsePath(path) : path, to }))
  const replacements = wanted.map(({ path, to }) => replacement(spotAt(parsed, path), to, parsed))
  const edited = replaced(text, replacements)
  verify(parsed, wanted, edited)
  return edited
}

function read(text: string): Parsed {
  const parsed = parse(text, "")
  const fault = parsed.faults.find(({ severity }) => severity === "error")
  if (fault === undefined) return parsed
  throw new EditError(`the text is not valid YAML at ${fault.source.line}:${fault.source.column}: ${fault.message}`)
}

function spotAt({ root }: Parsed, path: Path): Spot {
  if (root === undefined) throw new EditError("the text is empty")
  let spot = root
  for (const [at, part] of path.entries()) {
    refuseShared(spot, path.slice(0, at))
    const child = childOf(spot, part)
    if (child === undefined) throw new EditError(missing(spot, path.slice(0, at + 1)))
    spot = child.value
  }
  refuseShared(spot, path)
  return spot
}

/** What is written once and read in several places would change in all of them. */
function refuseShared(spot: Spot, path: Path): void {
  const place = path.length === 0 ? "the document" : showPath(path)
  if (spot.shape === "alias") throw new EditError(`${place} is an alias of another value; edit it by hand`)
  if (spot.isAnchored)
    throw new EditError(`${place} has an anchor, so that other places may repeat it; edit it by hand`)
  if (spot.isTagged) throw new EditError(`${place} has a tag that says how to read it; edit it by hand`)
}

function missing(above: Spot, path: Path): string {
  const names = above.shape === "map" ? [...above.entries.keys()] : []
  const near = closest(String(path.at(-1)), names)
  return `there is no ${showPath(path)}${near === undefined ? "" : `; did you mean ${showPath([...path.slice(0, -1), near])}?`}`
}

function replaced(text: string, replacements: readonly Replacement[]): string {
  const pieces: string[] = []
  let done = 0
  for (const { start, end, by } of replacements.toSorted((a, b) => a.start - b.start)) {
    if (start < done) throw new EditError("two changes are of the same value, or one of a value inside another's")
    pieces.push(text.slice(done, start), by)
    done = end
  }
  return [...pieces, text.slice(done)].join("")
}

/** Reads the result again: YAML has more corners than can be thought of, and a wrong edit of a gateway is costly. */
function verify(before: Parsed, changes: readonly { readonly path: Path; readonly to: Value }[], edited: string): void {
  const after = parse(edited, "")
  const expected = changes.reduce<unknown>((value, { path, to }) => put(value, path, to), literal(before))
  const isRead = after.faults.every(({ severity }) => severity === "warning")
  if (isRead && Bun.deepEquals(literal(after), expected, true)) return
  throw new EditError("the change cannot be made by replacing the text of the value alone; edit it by hand")
}

/** The value before variables are put in; text that holds some is wrapped, so that it equals no text that looks like it. */
function literal({ root, masked }: Parsed): unknown {
  if (root === undefined) return undefined
  return valueBy(root, ({ value, references }) => {
    if (typeof value !== "string") return value
    const written = restored(value, references, masked)
    return references.some(({ kind }) => kind === "variable") ? { written } : written
  })
}

function put(value: unknown, path: Path, to: Value): unknown {
  const [first, ...rest] = path
  if (first === undefined) return to
  if (Array.isArray(value)) return value.with(Number(first), put(value[Number(first)], rest, to))
  if (typeof value !== "object" || value === null) return value
  return { ...value, [first]: put(Reflect.get(value, first), rest, to) }
}
