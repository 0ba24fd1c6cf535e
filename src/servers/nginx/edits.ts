import { visible } from "../../text/excerpt.ts"
import type { Patch } from "../patch.ts"
import type { Candidate } from "../remedies.ts"
import type { Directive, Word } from "./syntax/directive.ts"

// Changes of a configuration's text, each as small as it can be.

type TextPatch = Extract<Patch, { kind: "text" }>

/** A new line before a directive, as far in as that one. */
export function lineBefore(directive: Directive, line: string, does: string): Candidate {
  const { file, line: number, column } = directive.at
  const insert = `${line}\n${" ".repeat(column - 1)}`
  return { does, patches: [{ kind: "text", file, line: number, column, remove: "", insert }], written: [line] }
}

/** A new line at the beginning of a block; undefined for a block that was only assumed. */
export function lineInside(directive: Directive, text: string, line: string, does: string): Candidate | undefined {
  if (text[directive.inside - 1] !== "{") return undefined
  const place = placeAt(text, directive.inside)
  const insert = `\n${" ".repeat(directive.at.column + 3)}${line}`
  return { does, patches: [{ kind: "text", file: directive.at.file, ...place, remove: "", insert }], written: [line] }
}

/** Another text in the place of one word. */
export function wordInstead(directive: Directive, word: Word, text: string, to: string, does: string): Candidate {
  const { file } = directive.at
  const patch: TextPatch = {
    kind: "text",
    file,
    line: word.line,
    column: word.column,
    remove: text.slice(word.start, word.end),
    insert: to,
  }
  return { does, patches: [patch], written: [`${visible(patch.remove)} → ${to}`] }
}

export function wordBehind(
  directive: Directive,
  last: Word | undefined,
  text: string,
  word: string,
  does: string,
): Candidate | undefined {
  if (last === undefined) return undefined
  return { ...wordInstead(directive, last, text, `${text.slice(last.start, last.end)} ${word}`, does), written: [word] }
}

/** The directive taken out. */
export function without(directive: Directive, text: string, does: string): Candidate {
  const { file, line, column } = directive.at
  const remove = text.slice(directive.start, directive.end)
  return {
    does,
    effect: "takes out",
    patches: [{ kind: "text", file, line, column, remove, insert: "" }],
    written: [`remove \`${firstLine(remove)}\``],
  }
}

/** Another pattern in an `if`, where it is the last word, or stands before the parenthesis that closes it. */
export function patternInstead(directive: Directive, to: string, text: string): Candidate | undefined {
  const last = directive.args.at(-1)
  const word = last?.text === ")" ? directive.args.at(-2) : last
  if (word === undefined) return undefined
  const close = word === last ? ")" : ""
  const pattern = to.replace(/^~\*? /, "")
  const does = `Let the condition in line ${directive.at.line} spare this one value`
  return wordInstead(directive, word, text, `"${pattern.replaceAll('"', '\\"')}"${close}`, does)
}

/** A word as nginx reads it back, in quotation marks where it needs them. */
export function quoted(text: string): string {
  if (/^[\w.$^*+?()|/:=~@-][\w.$^*+?()|/:=~@,-]*$/.test(text) && !/^[~"']/.test(text)) return text
  return `"${text.replace(/["]/g, '\\"')}"`
}

export const firstLine = (text: string): string => visible(text.split("\n", 1)[0]?.slice(0, 200) ?? "")

function placeAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset)
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") }
}
