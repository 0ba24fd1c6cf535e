import type { Value } from "../decision/value.ts"
import { EditError } from "./edit-error.ts"
import type { Range } from "./flaw.ts"
import type { Parsed } from "./parse.ts"
import { render } from "./render.ts"
import type { Spot } from "./tree.ts"

export interface Replacement extends Range {
  readonly by: string
}

/** The piece of text that holds a value, and what to write for it so that no comment is lost. */
export function replacement(spot: Spot, to: Value, { masked: { original: text }, comments }: Parsed): Replacement {
  const value = render(to)
  const { end, indicatorEnd } = spot
  if (spot.shape === "scalar" && spot.style === "empty") {
    if (indicatorEnd === undefined) throw new EditError("there is a name without a value; write one by hand")
    return { start: end, end, by: ` ${value}` }
  }
  const { start, by } = isBelow(spot, text)
    ? { start: indicatorEnd ?? spot.start, by: ` ${value}` }
    : { start: spot.start, by: value }
  const inside = comments.filter((it) => it.start >= start && it.end <= end)
  return { start, end, by: `${by}${kept(inside, { start, end }, text)}` }
}

/** A block list begins on a line of its own, where what is written in one line would be indented too little. */
function isBelow(spot: Spot, text: string): boolean {
  if ((spot.shape !== "list" && spot.shape !== "map") || spot.isFlow || spot.indicatorEnd === undefined) return false
  return text.slice(spot.indicatorEnd, spot.start).includes("\n")
}

/** Comments behind the new value: the first stays on its line if it stood behind something, the others get their own. */
function kept(comments: readonly Range[], { start, end }: Range, text: string): string {
  if (comments.length === 0) return ""
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n"
  const indent = `${leading(text, start)}  `
  const lines = comments.map((it, at) => {
    const own = leading(text, it.start)
    const isAlone = lineStart(text, it.start) + own.length === it.start
    return `${at === 0 && !isAlone ? " " : `${lineBreak}${isAlone ? own : indent}`}${text.slice(it.start, it.end)}`
  })
  const isLast = /^[ \t\r]*(?:\n|$)/.test(text.slice(end, text.indexOf("\n", end) + 1 || undefined))
  return `${lines.join("")}${isLast ? "" : `${lineBreak}${indent}`}`
}

const lineStart = (text: string, at: number): number => text.lastIndexOf("\n", at - 1) + 1

const leading = (text: string, at: number): string => /^[ \t]*/.exec(text.slice(lineStart(text, at), at))?.[0] ?? ""
