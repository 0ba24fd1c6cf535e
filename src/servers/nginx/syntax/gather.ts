import type { ConfigFault } from "../../../text/fault.ts"
import { type Path, showPath } from "../../../text/path.ts"
import type { Directive, Gap } from "./directive.ts"
import type { NginxText } from "./dump.ts"
import { fitsGlob, isGlob } from "./glob.ts"
import { type ParsedText, parseText, type Written } from "./parse.ts"

export interface Gathered {
  readonly directives: readonly Directive[]
  readonly gaps: readonly Gap[]
  readonly faults: readonly ConfigFault[]
  /** Files that were read, the main one among them. */
  readonly used: ReadonlySet<string>
}

/** A file that includes another twice, and that one a third twice, would soon be without end. */
const MOST_DIRECTIVES = 300_000
const DEEPEST = 120
/** They set types and parameters and refuse nobody. */
const HARMLESS =
  /(?:^|\/)(?:mime\.types|[a-z_]*_params|fastcgi\.conf|fastcgi-php\.conf|koi-utf|koi-win|win-utf|options-ssl-nginx\.conf|ssl-[a-z0-9_-]+\.conf)$/

/** A block that directives are put into, whatever files they come from. */
interface Block {
  /** Files that are being read, each included by the one before. */
  readonly within: readonly string[]
  readonly above: Path
  readonly gaps: Gap[]
  /** How many directives of each name it has so far. */
  readonly counts: Map<string, number>
  readonly depth: number
}

/** Puts every included file in its place. Names relative to nothing are relative to the directory of the main file. */
export class Gatherer {
  readonly #texts: ReadonlyMap<string, string>
  readonly #directory: string
  readonly #isComplete: boolean
  readonly #parsed = new Map<string, ParsedText>()
  readonly #faults: ConfigFault[] = []
  #left = MOST_DIRECTIVES

  /** `isComplete`: no file exists that is not among the texts. */
  constructor(texts: readonly NginxText[], main: string, isComplete: boolean) {
    this.#texts = new Map(texts.map((it) => [it.file, it.text]))
    this.#directory = main.slice(0, main.lastIndexOf("/") + 1)
    this.#isComplete = isComplete
  }

  gather(main: string): Gathered {
    const gaps: Gap[] = []
    const directives = this.#fileItems(main, { within: [], above: [], gaps, counts: new Map(), depth: 0 })
    const parsed = [...this.#parsed.values()]
    return {
      directives,
      gaps,
      faults: [...parsed.flatMap((it) => it.faults), ...this.#faults],
      used: new Set(this.#parsed.keys()),
    }
  }

  #fileItems(file: string, block: Block): readonly Directive[] {
    const parsed = this.#parsed.get(file) ?? parseText(this.#texts.get(file) ?? "", file)
    this.#parsed.set(file, parsed)
    block.gaps.push(...parsed.gaps)
    return this.#items(parsed.directives, file, { ...block, within: [...block.within, file] })
  }

  #items(written: readonly Written[], file: string, block: Block): readonly Directive[] {
    const inside = { ...block, depth: block.depth + 1 }
    return written.flatMap((it) => {
      if (this.#left-- <= 0) {
        if (this.#left === -1)
          this.#fault(it, file, `there are more than ${MOST_DIRECTIVES} directives`, "include each file once")
        return []
      }
      if (it.name.text === "include" && it.block === undefined && it.args.length === 1)
        return this.#included(it, file, inside)
      return [this.#directive(it, file, inside)]
    })
  }

  #directive(it: Written, file: string, { within, above, counts, depth }: Block): Directive {
    const { name, args, end, inside } = it
    const number = counts.get(name.text) ?? 0
    counts.set(name.text, number + 1)
    const path = [...above, name.text, ...(name.text === "http" ? [] : [number])]
    const gaps = [...it.gaps]
    const block =
      it.block === undefined
        ? undefined
        : depth > DEEPEST
          ? []
          : this.#items(it.block, file, { within, above: path, gaps, counts: new Map(), depth })
    const at = { file, line: name.line, column: name.column, path: showPath(path) }
    return { name: name.text, args, block, at, start: name.start, end, inside, gaps }
  }

  #included(it: Written, file: string, block: Block): readonly Directive[] {
    const asked = it.args[0]?.text ?? ""
    const pattern = asked.startsWith("/") ? asked : `${this.#directory}${asked}`
    const files = isGlob(pattern)
      ? [...this.#texts.keys()].filter((name) => fitsGlob(pattern, name)).sort()
      : this.#texts.has(pattern)
        ? [pattern]
        : []
    if (files.length === 0) return this.#missing(it, file, asked, pattern, block.gaps)
    return files.flatMap((name) => {
      if (block.within.includes(name) || block.depth > DEEPEST) {
        this.#fault(it, file, `\`${name}\` includes itself`, "remove this include")
        return []
      }
      return this.#fileItems(name, block)
    })
  }

  #missing(it: Written, file: string, asked: string, pattern: string, gaps: Gap[]): readonly Directive[] {
    if (HARMLESS.test(asked)) return []
    if (this.#isComplete && isGlob(pattern)) return []
    const at = { file, line: it.name.line, column: it.name.column, path: "" }
    gaps.push({ what: `\`${asked}\`, which is included here`, at })
    if (this.#isComplete)
      this.#fault(it, file, `\`${asked}\` is included and not there`, `create ${pattern}, or remove this include`)
    return []
  }

  #fault({ name }: Written, file: string, message: string, hint: string): void {
    const source = { file, line: name.line, column: name.column, path: "" }
    this.#faults.push({ severity: "error", source, message, hint })
  }
}
