import { applyText } from "../servers/apply-text.ts"
import type { Patch } from "../servers/patch.ts"

type TextPatch = Extract<Patch, { kind: "text" }>

/** Lines shown before and behind a change. */
const CONTEXT = 3

/** Lines `from` up to and without `to`, from 0, and what stands in their place. */
interface Region {
  readonly from: number
  readonly to: number
  readonly by: readonly string[]
}

/**
 * Changes of a text as `patch -u` reads them, the lines of it without line breaks. Of changes that meet the first is made.
 * Undefined where none can be.
 */
export function unifiedDiff(text: string, file: string, patches: readonly TextPatch[]): readonly string[] | undefined {
  const lines = text.split("\n")
  const regions = meeting(patches).flatMap((it) => regionOf(text, lines, it) ?? [])
  if (regions.length === 0) return undefined
  // A text that ends with a line break has no line behind it.
  const count = lines.at(-1) === "" ? lines.length - 1 : lines.length
  // A last line break that comes or goes is more than a change of lines.
  if (regions.some((it) => it.to > count)) return undefined
  const name = file.replaceAll(/[\r\n\t]/g, "?")
  return [`--- ${name}`, `+++ ${name}`, ...hunks(lines, count, regions)]
}

const linesOf = ({ remove }: TextPatch): number => remove.split("\n").length

/** In the order of the text, those together that share a line. */
function meeting(patches: readonly TextPatch[]): readonly (readonly TextPatch[])[] {
  const groups: TextPatch[][] = []
  for (const patch of patches.toSorted((a, b) => a.line - b.line || a.column - b.column)) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    if (group === undefined || last === undefined || patch.line >= last.line + linesOf(last)) groups.push([patch])
    else if (isBehind(patch, last)) group.push(patch)
  }
  return groups
}

function isBehind(patch: TextPatch, last: TextPatch): boolean {
  const broken = last.remove.lastIndexOf("\n")
  const endLine = last.line + linesOf(last) - 1
  const endColumn = broken === -1 ? last.column + last.remove.length : last.remove.length - broken
  return patch.line > endLine || (patch.line === endLine && patch.column >= endColumn)
}

/** Patches that share lines, made from the last to the first, so that none moves another. */
function regionOf(text: string, lines: readonly string[], group: readonly TextPatch[]): Region | undefined {
  const [first] = group
  if (first === undefined) return undefined
  let after = text
  for (const it of group.toReversed()) {
    const applied = applyText(after, it)
    if (applied === undefined) return undefined
    after = applied
  }
  const changed = after.split("\n")
  let from = first.line - 1
  let to = Math.min(lines.length, Math.max(...group.map((it) => it.line - 1 + linesOf(it))))
  let end = changed.length - (lines.length - to)
  for (; to > from && end > from && lines[to - 1] === changed[end - 1]; to--) end--
  // A line that becomes the last of a text without a last line break is another line.
  const most = to === lines.length ? end - 1 : end
  for (; from < to && from < most && lines[from] === changed[from]; from++);
  return { from, to, by: changed.slice(from, end) }
}

const UNENDED = "\\ No newline at end of file"

function hunks(lines: readonly string[], count: number, regions: readonly Region[]): readonly string[] {
  const isUnended = count === lines.length
  let moved = 0
  return grouped(regions).flatMap((group) => {
    const start = Math.max(0, (group[0]?.from ?? 0) - CONTEXT)
    const end = Math.min(count, (group.at(-1)?.to ?? 0) + CONTEXT)
    const body: string[] = []
    const put = (sign: string, text: string | undefined, isLast: boolean): void => {
      body.push(`${sign}${text ?? ""}`, ...(isLast && isUnended ? [UNENDED] : []))
    }
    let at = start
    for (const { by, from, to } of group) {
      for (; at < from; at++) put(" ", lines[at], at === count - 1)
      for (; at < to; at++) put("-", lines[at], at === count - 1)
      for (const [i, it] of by.entries()) put("+", it, to === count && i === by.length - 1)
    }
    for (; at < end; at++) put(" ", lines[at], at === count - 1)
    const added = group.reduce((sum, it) => sum + it.by.length - (it.to - it.from), 0)
    const old = end - start
    const head = `@@ -${start + 1},${old} +${start + 1 + moved},${old + added} @@`
    moved += added
    return [head, ...body]
  })
}

/** Changes so near each other that their surroundings meet. */
function grouped(regions: readonly Region[]): readonly (readonly Region[])[] {
  const groups: Region[][] = []
  for (const it of regions) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    if (group !== undefined && last !== undefined && it.from - last.to <= 2 * CONTEXT) group.push(it)
    else groups.push([it])
  }
  return groups
}
