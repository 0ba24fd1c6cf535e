import { join } from "node:path"
import { Glob } from "bun"

/** A regular expression as it is written in a source file. */
export interface WrittenPattern {
  readonly file: string
  readonly pattern: RegExp
}

const ROOT = join(import.meta.dir, "..")
/** Folders whose patterns meet text of strangers. */
const HOSTILE = ["foreign", "diagnosis", "guardrails", "exhibits", "servers/modsecurity"]
const LITERAL =
  /(?<=[=(,:[!&|?{};\n]\s{0,20}|return |=> ?)\/(?![*/ ])((?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuy]*)/g

/** Those that look at every position of a text and may repeat without end: others take time in proportion by nature. */
export async function unboundedPatterns(): Promise<readonly WrittenPattern[]> {
  const found: WrittenPattern[] = []
  const files = HOSTILE.flatMap((it) => [...new Glob(`src/${it}/**/*.ts`).scanSync(ROOT)])
  for (const file of files) {
    if (/\.(?:test|fixture)\.ts$/.test(file)) continue
    const text = await Bun.file(join(ROOT, file)).text()
    for (const [, source = "", flags = ""] of text.matchAll(LITERAL))
      if (!flags.includes("y") && /[*+]|\{\d+,\}/.test(source.replace(/\\.|\[(?:[^\]\\]|\\.)*\]/g, "a")))
        found.push({ file, pattern: new RegExp(source, flags.replace("g", "")) })
  }
  return found
}

const COMMON = [..."a \n\t\"0<{/.A-':\\=;,[(*@"]

/** Pieces of what the pattern itself matches, that repeated let it begin again and again. */
export function piecesOf({ source }: RegExp): readonly string[] {
  const words = source
    .replace(/\(\?(?:[:=!]|<[=!]|<\w+>)/g, "(")
    .replace(/\\[bB]/g, "")
    .replace(/\\s/g, " ")
    .replace(/\\d/g, "1")
    .replace(/\\[wS]/g, "a")
    .replace(/\\n/g, "\n")
    .replace(/\\([^a-zA-Z0-9])/g, "$1")
    .replace(/\[\^[^\]]*\]/g, "a")
    .replace(/\[([^\]])[^\]]*\]/g, "$1")
    .replace(/\{\d+(?:,\d*)?\}|[*+?^$]/g, "")
  const pieces = new Set<string>(COMMON)
  for (const it of [...words.split(/[|()]/), ...words.replace(/[()]/g, "").split("|")])
    for (const piece of [it, `${it} `, `${it}\n`, it.slice(0, Math.ceil(it.length / 2))]) pieces.add(piece)
  pieces.delete("")
  return [...pieces]
}
