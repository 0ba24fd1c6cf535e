import type { Source } from "../../../decision/source.ts"
import type { Place } from "./line.ts"
import type { Word } from "./word.ts"

/** One directive or section, with all that came from elsewhere already in its place. */
export interface Directive extends Place {
  readonly file: string
  /** As written, of a section without `<`. */
  readonly name: string
  /** In lower case. */
  readonly key: string
  readonly isSection: boolean
  readonly words: readonly Word[]
  /** Everything behind the name, of a section without the closing `>`. */
  readonly rest: string
  /** The line as it is read, continuations joined. */
  readonly text: string
  readonly children: readonly Directive[]
  /** Of a section: where its closing tag stands. */
  readonly end?: Place
  /** `VirtualHost[0].Directory[1].Require[0]` */
  readonly path: string
}

export const sourceOf = ({ file, line, column, path }: Directive): Source => ({ file, line, column, path })

/** A directive with its brackets, as people call it: `<Directory "/srv/www">`, `Require all denied`. */
export const titleOf = ({ name, rest, isSection }: Directive): string => {
  const said = rest === "" ? name : `${name} ${rest}`
  return isSection ? `<${said}>` : said
}
