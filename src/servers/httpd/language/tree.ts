import type { Directive } from "./directive.ts"
import { type Line, placeAt } from "./line.ts"
import { type Draft, sectionWords } from "./reader.ts"
import { resolve } from "./variables.ts"
import { wordsFrom } from "./word.ts"

/**
 * What was read as directives, with variables replaced by their last values: httpd acts on most directives only when all are
 * read, and replaces then. `unknown` is told the name of each variable nobody defined.
 */
export function treeOf(
  drafts: readonly Draft[],
  variables: ReadonlyMap<string, string>,
  unknown: (name: string, line: Line) => void,
): readonly Directive[] {
  return build(drafts, "", variables, unknown)
}

function build(
  drafts: readonly Draft[],
  around: string,
  variables: ReadonlyMap<string, string>,
  unknown: (name: string, line: Line) => void,
): readonly Directive[] {
  const counted = new Map<string, number>()
  return drafts.map((draft) => {
    const line = resolve(draft.line, variables, (name) => unknown(name, draft.line))
    const key = draft.name.toLowerCase()
    const number = counted.get(key) ?? 0
    counted.set(key, number + 1)
    const path = `${around}${draft.name}[${number}]`
    const { after, isSection, name } = draft
    return {
      file: line.file,
      ...placeAt(line, 0),
      name,
      key,
      isSection,
      words: isSection ? sectionWords(line, after) : wordsFrom(line, after),
      rest: restOf(line.text, after, isSection),
      text: line.text,
      children: build(draft.children, `${path}.`, variables, unknown),
      ...(draft.end === undefined ? {} : { end: placeAt(draft.end, 0) }),
      path,
    }
  })
}

function restOf(text: string, after: number, isSection: boolean): string {
  const end = isSection ? text.lastIndexOf(">") : text.length
  return text.slice(after, Math.max(after, end)).trim()
}
