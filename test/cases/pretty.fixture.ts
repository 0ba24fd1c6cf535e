const WIDTH = 110

/** JSON for reading: what fits on a line stays on it. */
export function pretty(value: unknown, indent = ""): string {
  const flat = spaced(value)
  if (indent.length + flat.length <= WIDTH || typeof value !== "object" || value === null) return flat
  const deeper = `${indent}  `
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"]
  const items = Array.isArray(value)
    ? value.map((it) => pretty(it, deeper))
    : Object.entries(value).map(([key, it]) => `${JSON.stringify(key)}: ${pretty(it, deeper)}`)
  return `${open}\n${items.map((it) => deeper + it).join(",\n")}\n${indent}${close}`
}

function spaced(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`
  const members = Object.entries(value).map(([key, it]) => `${JSON.stringify(key)}: ${spaced(it)}`)
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`
}
