import type { Source } from "../../decision/source.ts"
import type { NginxConfiguration } from "./configuration.ts"
import type { Directive } from "./syntax/directive.ts"

const indexes = new WeakMap<NginxConfiguration, ReadonlyMap<string, Directive>>()

/** The directive that begins at a place. */
export function directiveAt(configuration: NginxConfiguration, { file, line, column }: Source): Directive | undefined {
  const index = indexes.get(configuration) ?? indexOf(configuration.http)
  indexes.set(configuration, index)
  return index.get(`${file}:${line}:${column}`)
}

/** Every directive, those in blocks behind the block. */
export function* everyDirective(top: Directive): Generator<Directive> {
  const waiting: Directive[] = [top]
  for (let it = waiting.pop(); it !== undefined; it = waiting.pop()) {
    yield it
    for (const inner of (it.block ?? []).toReversed()) waiting.push(inner)
  }
}

function indexOf(http: Directive): ReadonlyMap<string, Directive> {
  const index = new Map<string, Directive>()
  for (const it of everyDirective(http)) {
    const { file, line, column } = it.at
    const key = `${file}:${line}:${column}`
    // What was put around a piece stands where its first line does; that line is meant.
    if (!index.has(key) || index.get(key)?.block !== undefined) index.set(key, it)
  }
  return index
}

/** The text of the file a directive stands in. */
export const textOf = ({ texts }: NginxConfiguration, { at }: Directive): string | undefined =>
  texts.find((it) => it.file === at.file)?.text
