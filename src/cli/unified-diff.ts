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
 * Changes of a text as `patch -u` reads them, the lines of it without line breaks. Of changes that meet in a line the first
 * is made; where it leaves another without its place, that one is left out. Undefined where none can be made.
 */
export function unifiedDiff(text: string, file: string, patches: readonly TextPatch[]): readonly string[] | undefined {
  const lines = text.split("\n")
  const regions: Region[] = []
  for (const patch of patches.toSorted((a, b) => a.line - b.line || a.column - b.column)) {
    const region = regionOf(text, lines, patch)
    const last = regions.at(-1)
    if (region !== undefined && (last === undefined || region.from >= last.to)) regions.push(region)
  }
  if (regions.length === 0) return undefined
  // A text that ends with a line break has no line behind it.
  const count = lines.at(-1) === "" ? lines.length - 1 : lines.length
  const name = file.replaceAll(/[\r\n\t]/g, "?")
  return [`--- ${name}`, `+++ ${name}`, ...hunks(lines, count, regions)]
}

function regionOf(text: string, lines: readonly string[], patch: TextPatch): Region | undefined {
  const after = applyText(text, patch)?.split("\n")
  if (after === undefined) return undefined
  const from = patch.line - 1
  const to = from + patch.remove.split("\n").length
  return { from, to, by: after.slice(from, after.length - (lines.length - to)) }
}

function hunks(lines: readonly string[], count: number, regions: readonly Region[]): readonly string[] {
  const groups: Region[][] = []
  for (const it of regions) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    if (group !== undefined && last !== undefined && it.from - last.to <= 2 * CONTEXT) group.push(it)
    else groups.push([it])
  }
  let moved = 0
  return groups.flatMap((group) => {
    const start = Math.max(0, (group[0]?.from ?? 0) - CONTEXT)
    const end = Math.min(count, (group.at(-1)?.to ?? 0) + CONTEXT)
    const body: string[] = []
    let at = start
    for (const { by, from, to } of group) {
      for (; at < from; at++) body.push(` ${lines[at]}`)
      for (; at < to; at++) body.push(`-${lines[at]}`)
      body.push(...by.map((it) => `+${it}`))
    }
    for (; at < end; at++) body.push(` ${lines[at]}`)
    const added = group.reduce((sum, it) => sum + it.by.length - (it.to - it.from), 0)
    const old = end - start
    const head = `@@ -${start + 1},${old} +${start + 1 + moved},${old + added} @@`
    moved += added
    return [head, ...body]
  })
}
