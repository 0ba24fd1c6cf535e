import type { ConfigFault } from "../../../text/fault.ts"
import { counts, type Surroundings } from "./condition.ts"
import type { Directive } from "./directive.ts"
import { included } from "./include.ts"
import { type Line, placeAt, readLines } from "./line.ts"
import { expand, type Macro } from "./macro.ts"
import type { Texts } from "./texts.ts"
import { resolve } from "./variables.ts"
import { skipBlanks, wordsFrom } from "./word.ts"

/** A directive while its section is still open; its path and its variables come when everything is read. */
export interface Draft {
  readonly line: Line
  /** Offset behind the name. */
  readonly after: number
  readonly name: string
  readonly isSection: boolean
  readonly children: Draft[]
  end?: Line
}

/** An open section. What stands in one that only asks whether its lines count goes to the section around it. */
interface Open {
  readonly name: string
  readonly into: Draft[]
  readonly draft: Draft | undefined
  readonly counts: boolean
  readonly line: Line
}

const CONDITIONS: ReadonlySet<string> = new Set(["ifmodule", "ifdefine", "ifversion", "iffile"])
const ACTING: ReadonlySet<string> = new Set([
  ...CONDITIONS,
  ..."define undefine include includeoptional loadmodule use macro".split(" "),
])
const DEEPEST = 50
const MOST_LINES = 150_000
const MOST_USES = 20_000
const MOST_OPEN = 100

export interface ReadingOptions {
  readonly texts: Texts
  readonly serverRoot: string
  readonly defines: Iterable<string>
  readonly environment: ReadonlyMap<string, string>
  /** Modules taken to be loaded though no line loads them, by file name: `mod_alias.c`. */
  readonly modules: ReadonlySet<string>
  hasFile(path: string): boolean | undefined
}

/** Reads files as httpd does before it acts on them (server/config.c `ap_build_config`): what is to be done at once is done. */
export class Reading {
  readonly faults: ConfigFault[] = []
  readonly variables: Map<string, string>
  readonly files: string[] = []
  /** Included and given by nobody. */
  readonly missing: string[] = []
  /** Of `LoadModule`, by identifier without `_module`. */
  readonly loaded = new Set<string>()
  /** Lines that acted while they were read, or asked whether others count; the first few. */
  readonly acted: { readonly key: string; readonly line: Line }[] = []
  /** Whether any line depends on which modules are loaded. */
  hasAskedForModules = false
  readonly #options: ReadingOptions
  readonly #defined: Set<string>
  readonly #macros = new Map<string, Macro>()
  #serverRoot: string
  #lines = 0
  #uses = 0

  constructor(options: ReadingOptions) {
    this.#options = options
    this.#defined = new Set(options.defines)
    this.variables = new Map(options.environment)
    this.#serverRoot = options.serverRoot
  }

  get defined(): ReadonlySet<string> {
    return this.#defined
  }

  read(file: string, text: string): readonly Draft[] {
    const top: Draft[] = []
    this.#readFile(file, text, top, 0)
    return top
  }

  #readFile(file: string, text: string, into: Draft[], depth: number): undefined {
    this.files.push(file)
    this.#readAll(readLines(file, text), into, depth)
  }

  #readAll(lines: readonly Line[], into: Draft[], depth: number): undefined {
    const open: Open[] = []
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at]
      if (line === undefined || line.text.startsWith("#")) continue
      if (++this.#lines > MOST_LINES) return this.#fault(line, `more than ${MOST_LINES} lines; the rest is not read`)
      const inside = open.at(-1)
      const target = inside?.into ?? into
      if (line.text.startsWith("</")) this.#close(line, open)
      else if (inside?.counts === false) this.#skip(line, open)
      else if (/^<macro[\s>]/i.test(line.text)) at = this.#define(lines, at)
      else this.#take(line, target, open, depth)
      this.#note(line)
    }
    for (const { line, name } of open) this.#fault(line, `<${name}> is not closed`, `</${name}> at its end`)
  }

  #note(line: Line): undefined {
    const key = nameOf(line.text).toLowerCase()
    if (this.acted.length < 100 && ACTING.has(key)) this.acted.push({ key, line })
  }

  #skip(line: Line, open: Open[]): undefined {
    if (!line.text.startsWith("<") || open.length >= MOST_OPEN) return
    open.push({ name: nameOf(line.text), into: [], draft: undefined, counts: false, line })
  }

  #close(line: Line, open: Open[]): undefined {
    const name = line.text.slice(2).replace(/>?\s*$/, "")
    const at = open.findLastIndex((it) => it.name.toLowerCase() === name.toLowerCase())
    if (at === -1) return this.#fault(line, `</${name}> closes nothing`, `a <${name}> before it`)
    for (const it of open.slice(at + 1)) this.#fault(it.line, `<${it.name}> is not closed before ${line.text}`)
    const closed = open[at]
    if (closed?.draft !== undefined) closed.draft.end = line
    open.length = at
  }

  #take(line: Line, into: Draft[], open: Open[], depth: number): undefined {
    const isSection = line.text.startsWith("<")
    const name = nameOf(line.text)
    const key = name.toLowerCase()
    const after = skipBlanks(line.text, name.length + (isSection ? 1 : 0))
    if (isSection && CONDITIONS.has(key)) return this.#ask(line, key, after, into, open)
    if (isSection) {
      if (open.length >= MOST_OPEN) return this.#fault(line, `sections are nested more than ${MOST_OPEN} deep`)
      const draft: Draft = { line, after, name, isSection, children: [] }
      into.push(draft)
      open.push({ name, into: draft.children, draft, counts: true, line })
      return
    }
    if (this.#act(line, key, after, into, depth)) return
    into.push({ line, after, name, isSection, children: [] })
  }

  #ask(line: Line, key: string, after: number, into: Draft[], open: Open[]): undefined {
    const resolved = this.#resolved(line)
    const words = sectionWords(resolved, after).map((it) => it.text)
    const holds = counts(key, words, this.#surroundings())
    if (key === "ifmodule") this.hasAskedForModules = true
    if (holds === undefined) this.#fault(line, `whether the lines inside count is not known`, undefined, "warning")
    open.push({ name: nameOf(line.text), into, draft: undefined, counts: holds === true, line })
  }

  /** Directives that act while they are read; true where nothing is left of them. */
  #act(line: Line, key: string, after: number, into: Draft[], depth: number): boolean {
    switch (key) {
      case "define": {
        const [name, value] = this.#words(line, after)
        if (name !== undefined) this.#defined.add(name)
        if (name !== undefined && value !== undefined) this.variables.set(name, value)
        return true
      }
      case "undefine": {
        const [name = ""] = this.#words(line, after)
        this.#defined.delete(name)
        this.variables.delete(name)
        return true
      }
      case "loadmodule":
        this.loaded.add((this.#words(line, after)[0] ?? "").replace(/_module$/, ""))
        return true
      case "serverroot":
        this.#serverRoot = this.#words(line, after)[0] ?? this.#serverRoot
        return false
      case "include":
      case "includeoptional":
        this.#include(line, this.#words(line, after)[0] ?? "", key === "include", into, depth)
        return true
      case "use":
        this.#use(line, this.#words(line, after), into, depth)
        return true
      default:
        return false
    }
  }

  #include(line: Line, named: string, isNeeded: boolean, into: Draft[], depth: number): undefined {
    if (depth >= DEEPEST) return this.#fault(line, `files are included more than ${DEEPEST} deep`)
    const files = included(this.#options.texts, this.#serverRoot, named)
    if (files.length === 0) this.missing.push(named)
    if (files.length === 0 && isNeeded)
      this.#fault(line, `what is included here was not given`, `the text of ${named}`, "warning")
    for (const file of files) this.#readFile(file, this.#options.texts.read(file) ?? "", into, depth + 1)
  }

  #use(line: Line, [name = "", ...given]: readonly string[], into: Draft[], depth: number): undefined {
    const macro = this.#macros.get(name.toLowerCase())
    if (macro === undefined) return this.#fault(line, `the macro ${name} is not defined before this`)
    if (++this.#uses > MOST_USES)
      return this.#fault(line, `macros are used more than ${MOST_USES} times; the rest is not read`)
    if (depth >= DEEPEST) return this.#fault(line, `macros are used more than ${DEEPEST} deep`)
    if (macro.parameters.length !== given.length)
      return this.#fault(line, `the macro ${name} has ${macro.parameters.length} parameters, not ${given.length}`)
    this.#readAll(expand(macro, given), into, depth + 1)
  }

  /** Keeps a macro's lines; answers the number of its last. */
  #define(lines: readonly Line[], start: number): number {
    const head = lines[start]
    let depth = 1
    let at = start + 1
    for (; at < lines.length; at++) {
      const text = lines[at]?.text ?? ""
      if (/^<macro[\s>]/i.test(text)) depth++
      else if (/^<\/macro\s*>/i.test(text) && --depth === 0) break
    }
    if (head === undefined) return at
    const [name = "", ...parameters] = sectionWords(head, "<macro".length).map((it) => it.text)
    this.#macros.set(name.toLowerCase(), { parameters, lines: lines.slice(start + 1, at) })
    return at
  }

  #surroundings(): Surroundings {
    const { modules, hasFile } = this.#options
    const isLoaded = (named: string): boolean => {
      const bare = named
        .replace(/^mod_/, "")
        .replace(/\.c$/, "")
        .replace(/_module$/, "")
      return this.loaded.has(bare) || modules.has(bare)
    }
    return { isDefined: (name) => this.#defined.has(name), isLoaded, version: [2, 4, 71], hasFile }
  }

  #words(line: Line, after: number): readonly string[] {
    return wordsFrom(this.#resolved(line), after).map((it) => it.text)
  }

  #resolved(line: Line): Line {
    return resolve(line, this.variables, () => undefined)
  }

  #fault(line: Line, message: string, expected?: string, severity: ConfigFault["severity"] = "error"): undefined {
    const source = { file: line.file, ...placeAt(line, 0), path: line.text.slice(0, 200) }
    if (this.faults.length < 1000)
      this.faults.push({ severity, source, message, ...(expected === undefined ? {} : { expected }) })
  }
}

/** The first word, of a section without `<` and of one without arguments also without `>`. */
function nameOf(text: string): string {
  const name = /^<?([^\s]*)/.exec(text)?.[1] ?? ""
  return text.startsWith("<") ? name.replace(/>$/, "") : name
}

/** Of a section, up to the last `>`. */
export function sectionWords(line: Line, after: number): Directive["words"] {
  const end = line.text.lastIndexOf(">")
  const text = end < after ? line.text : line.text.slice(0, end)
  return wordsFrom({ ...line, text }, after)
}
