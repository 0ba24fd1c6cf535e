/** Whether a model's name is meant by one of the patterns, in which `*` stands for anything. */
export type ModelMatch = (model: string | null) => boolean

/** Undefined stands for every model. Takes time in proportion to the name, however many stars there are. */
export function modelMatch(patterns: readonly string[] | undefined): ModelMatch {
  if (patterns === undefined) return () => true
  const parts = patterns.map((it) => it.split("*"))
  return (model) => model !== null && parts.some((it) => matches(it, model))
}

function matches(parts: readonly string[], name: string): boolean {
  const [first = "", ...rest] = parts
  const last = rest.at(-1)
  if (last === undefined) return name === first
  if (!name.startsWith(first)) return false
  let at = first.length
  for (const part of rest.slice(0, -1)) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return name.length - last.length >= at && name.endsWith(last)
}
