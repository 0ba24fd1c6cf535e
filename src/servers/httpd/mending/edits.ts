import { visible } from "../../../text/excerpt.ts"
import type { Patch } from "../../patch.ts"
import type { Candidate } from "../../remedies.ts"
import type { Directive } from "../language/directive.ts"
import type { Texts } from "../language/texts.ts"
import type { Word } from "../language/word.ts"
import type { Section } from "../settings/settings.ts"

// Changes of a configuration's text, each as small as it can be.

const patch = (file: string, line: number, column: number, remove: string, insert: string): Patch => ({
  kind: "text",
  file,
  line,
  column,
  remove,
  insert,
})

/** New lines before a directive, as far in as that one. */
export function linesBefore({ column, file, line }: Directive, lines: readonly string[], does: string): Candidate {
  const indent = " ".repeat(column - 1)
  const insert = lines.map((it) => `${it}\n${indent}`).join("")
  return { does, patches: [patch(file, line, column, "", insert)], written: lines }
}

/** New lines at the end of a section, or at the beginning of `.htaccess`; undefined where the section is not closed. */
export function linesInside(section: Section, lines: readonly string[], does: string): Candidate | undefined {
  const { directive, source } = section
  if (directive === undefined) {
    const insert = lines.map((it) => `${it}\n`).join("")
    return { does, patches: [patch(source.file, 1, 1, "", insert)], written: lines }
  }
  if (directive.end === undefined) return undefined
  const outer = " ".repeat(directive.end.column - 1)
  const insert = `${lines.map((it, at) => `${at === 0 ? "    " : `${outer}    `}${it}\n`).join("")}${outer}`
  return {
    does,
    patches: [patch(directive.file, directive.end.line, directive.end.column, "", insert)],
    written: lines,
  }
}

/** A section behind another. */
export function linesBehind(
  { end, file, name }: Directive,
  lines: readonly string[],
  does: string,
): Candidate | undefined {
  if (end === undefined) return undefined
  const indent = " ".repeat(end.column - 1)
  const insert = lines.map((it) => `\n${indent}${it}`).join("")
  return { does, patches: [patch(file, end.line, end.column + name.length + 3, "", insert)], written: lines }
}

/** Another text in the place of one word. */
export function wordInstead({ file }: Directive, word: Word, to: string, does: string): Candidate {
  const { column, line, written } = word
  return { does, patches: [patch(file, line, column, written, to)], written: [`${visible(written)} → ${to}`] }
}

/** One more word at the end of a directive. */
export function wordBehind(directive: Directive, word: string, does: string): Candidate | undefined {
  const last = directive.words.at(-1)
  if (last === undefined) return undefined
  return { ...wordInstead(directive, last, `${last.written} ${word}`, does), written: [`${directive.text} ${word}`] }
}

/** The directive made a comment. */
export function commentedOut({ column, file, line, text }: Directive, does: string): Candidate {
  return { does, effect: "takes out", patches: [patch(file, line, column, "", "# ")], written: [`# ${visible(text)}`] }
}

/** A line of a file as it stands there. */
export function lineAt(texts: Texts, file: string, line: number): string | undefined {
  return texts.read(file)?.split(/\r?\n/)[line - 1]
}
