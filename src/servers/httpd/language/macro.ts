import { type Line, type Replacement, replaceIn } from "./line.ts"

/** `<Macro NAME PARAMETERS>`: its lines, still with the parameters in them. */
export interface Macro {
  readonly parameters: readonly string[]
  readonly lines: readonly Line[]
}

/** A macro's lines with arguments in place of parameters; of parameters that begin alike the longest counts (mod_macro). */
export function expand({ parameters, lines }: Macro, given: readonly string[]): readonly Line[] {
  const ordered = parameters
    .map((name, at) => ({ name, by: given[at] ?? "" }))
    .filter((it) => it.name !== "")
    .sort((a, b) => b.name.length - a.name.length)
  return lines.map((line) => {
    const replacements: Replacement[] = []
    for (let at = 0; at < line.text.length; at++) {
      const parameter = ordered.find((it) => line.text.startsWith(it.name, at))
      if (parameter === undefined) continue
      replacements.push({ from: at, to: at + parameter.name.length, by: parameter.by })
      at += parameter.name.length - 1
    }
    return replaceIn(line, replacements)
  })
}
