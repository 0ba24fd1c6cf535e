/** What is known about the server while its configuration is read. */
export interface Surroundings {
  /** Names given to `-D` or `Define`. */
  isDefined(name: string): boolean
  /** By file (`mod_ssl.c`) or by identifier (`ssl_module`). */
  isLoaded(module: string): boolean
  readonly version: readonly [number, number, number]
  /** Undefined where nobody knows whether the file is there. */
  hasFile(path: string): boolean | undefined
}

/** Whether the lines inside `<IfDefine>`, `<IfModule>`, `<IfVersion>` or `<IfFile>` count; undefined where that is not known. */
export function counts(key: string, words: readonly string[], around: Surroundings): boolean | undefined {
  const [first = ""] = words
  if (key === "ifversion") return compareVersion(words, around.version)
  const isNegated = first.startsWith("!")
  const named = isNegated ? first.slice(1) : first
  const is =
    key === "ifdefine" ? around.isDefined(named) : key === "iffile" ? around.hasFile(named) : around.isLoaded(named)
  return is === undefined ? undefined : is !== isNegated
}

/** mod_version: `>=`, `<`, `=` and the rest, negated by `!`; a pattern (`=~`, `~`) is not read. */
function compareVersion(words: readonly string[], version: Surroundings["version"]): boolean | undefined {
  const [first = "", second] = words
  const written = second === undefined ? "=" : first
  const isNegated = written.length > 1 && written.startsWith("!")
  const asked = (second ?? first).split(".").map(Number)
  if (asked.some((it) => !Number.isInteger(it))) return undefined
  const difference = version.map((it, at) => it - (asked[at] ?? 0)).find((it) => it !== 0) ?? 0
  const is = holds(isNegated ? written.slice(1) : written, difference)
  return is === undefined ? undefined : is !== isNegated
}

function holds(operator: string, difference: number): boolean | undefined {
  switch (operator) {
    case "=":
    case "==":
      return difference === 0
    case ">":
      return difference > 0
    case ">=":
      return difference >= 0
    case "<":
      return difference < 0
    case "<=":
      return difference <= 0
    default:
      return undefined
  }
}
