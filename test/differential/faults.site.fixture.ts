import { mkdirSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import type { ServerRequest } from "../../src/servers/request.ts"

/** One line of a configuration, or a block with its lines; changed in place when a fault is planted. */
export interface Line {
  text: string
  readonly inside?: Line[]
}

export const line = (text: string): Line => ({ text })
export const block = (text: string, ...inside: readonly (string | Line)[]): Line => ({
  text,
  inside: inside.map((it) => (typeof it === "string" ? line(it) : it)),
})

/** A file of configuration before it is written. */
export interface ConfigText {
  readonly file: string
  readonly lines: Line[]
}

/** A server's configuration, the requests it is probed with, and what faults are planted in. */
export interface Site {
  readonly folder: string
  readonly port: number
  readonly texts: readonly ConfigText[]
  readonly probes: readonly ServerRequest[]
}

/** Where a line was written. */
export interface Place {
  readonly file: string
  /** From 1. */
  readonly line: number
}

/** How a server closes the block it opened. */
export interface Braces {
  open(text: string): string
  close(text: string): string
}

/** Writes all texts; answers where each line stands. */
export function write({ texts }: Site, braces: Braces): ReadonlyMap<Line, Place> {
  const places = new Map<Line, Place>()
  for (const { file, lines } of texts) {
    const written: string[] = []
    const put = (all: readonly Line[], indent: string): void => {
      for (const it of all) {
        places.set(it, { file, line: written.length + 1 })
        written.push(indent + (it.inside === undefined ? it.text : braces.open(it.text)))
        if (it.inside === undefined) continue
        put(it.inside, `${indent}    `)
        written.push(indent + braces.close(it.text))
      }
    }
    put(lines, "")
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${written.join("\n")}\n`)
  }
  return places
}

/** Every line with what it stands in, outermost first. */
export function* everyLine(
  lines: Line[],
  within: readonly Line[] = [],
): Generator<{ readonly it: Line; readonly within: readonly Line[] }> {
  for (const it of lines) {
    yield { it, within }
    if (it.inside !== undefined) yield* everyLine(it.inside, [...within, it])
  }
}

/** Blocks whose head fits. */
export const blocksIn = ({ texts }: Site, head: RegExp): readonly (Line & { readonly inside: Line[] })[] =>
  texts
    .flatMap(({ lines }) => [...everyLine(lines)])
    .flatMap(({ it: { inside }, it }) => {
      return inside !== undefined && head.test(it.text) ? [Object.assign(it, { inside })] : []
    })
