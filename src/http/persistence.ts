/** What the `Connection` fields of a message say about the connection's future. `close` outweighs `keep-alive`. */
export type Persistence = "unsaid" | "close" | "keep-alive"

/** `soFar` with what one more `Connection` field says (RFC 9110 §7.6.1). */
export function readPersistence(value: string, soFar: Persistence): Persistence {
  if (value === "keep-alive" && soFar === "unsaid") return "keep-alive"
  let found = soFar
  for (const part of value.toLowerCase().split(",")) {
    const option = part.trim()
    if (option === "close") return "close"
    if (option === "keep-alive" && found === "unsaid") found = "keep-alive"
  }
  return found
}

/** RFC 9112 §9.3. */
export function isKept(persistence: Persistence, minor: 0 | 1): boolean {
  switch (persistence) {
    case "close":
      return false
    case "keep-alive":
      return true
    case "unsaid":
      return minor === 1
  }
}
