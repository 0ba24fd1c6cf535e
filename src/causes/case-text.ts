/** `--- name, detail` and the lines below it. */
export interface CaseSection {
  readonly name: string
  readonly detail: string
  readonly body: string
}

/** `=== title`, prose, and sections; the first part of a file has no title. */
export interface CasePart {
  readonly title: string
  readonly prose: string
  readonly sections: readonly CaseSection[]
}

/** Takes the text of a case apart. What is in the parts is nothing it knows. */
export function partsOf(text: string): readonly CasePart[] {
  return `=== \n${text}`
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const [title, rest] = atLineEnd(part)
      const [prose = "", ...sections] = `\n${rest}`.split(/^--- /m)
      return { title, prose: prose.trim(), sections: sections.map(sectionOf) }
    })
}

function sectionOf(text: string): CaseSection {
  const [heading, body] = atLineEnd(text)
  const comma = heading.indexOf(", ")
  const name = comma < 0 ? heading : heading.slice(0, comma)
  return { name, detail: comma < 0 ? "" : heading.slice(comma + 2), body: body.replace(/^\n+/, "").trimEnd() }
}

function atLineEnd(text: string): readonly [string, string] {
  const end = text.indexOf("\n")
  return end < 0 ? [text, ""] : [text.slice(0, end), text.slice(end + 1)]
}
