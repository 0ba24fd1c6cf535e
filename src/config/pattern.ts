/** One part of a path between slashes. */
export type Segment =
  | { readonly kind: "text"; readonly text: string }
  /** `{name}`, or `*` before the end: one segment, not empty. */
  | { readonly kind: "any"; readonly name: string | undefined }

/** What a route asks of a path. */
export interface Pattern {
  readonly text: string
  readonly segments: readonly Segment[]
  /** Ends in `/*`: whatever follows, at least the slash. */
  readonly open: boolean
}

/** The pattern, or why the text is none. */
export function parsePattern(text: string): Pattern | { readonly fault: string } {
  if (!text.startsWith("/")) return { fault: "a path begins with /" }
  if (/[?#\s\\]/.test(text)) return { fault: "a path holds no ?, #, blank or backslash" }
  const parts = text.slice(1).split("/")
  const open = parts.at(-1) === "*"
  if (open) parts.pop()
  const segments: Segment[] = []
  const names = new Set<string>()
  for (const part of parts) {
    const segment = parseSegment(part)
    if ("fault" in segment) return segment
    if (segment.kind === "any" && segment.name !== undefined) {
      if (names.has(segment.name)) return { fault: `the parameter {${segment.name}} stands twice` }
      names.add(segment.name)
    }
    segments.push(segment)
  }
  return { text, segments, open }
}

function parseSegment(part: string): Segment | { readonly fault: string } {
  if (part === "*") return { kind: "any", name: undefined }
  const parameter = /^\{([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(part)
  if (parameter !== null) return { kind: "any", name: parameter[1] }
  if (/[{}*]/.test(part)) return { fault: `"${part}" is neither text, {name} nor *; a wildcard fills a whole segment` }
  if (part === "." || part === "..")
    return { fault: "a request with . or .. in its path is refused before it is routed" }
  if (part.includes("%")) return { fault: "write the path decoded; requests are decoded before they are compared" }
  return { kind: "text", text: part }
}

/** The decoded segments of a path that passed the wire's checks, so that decoding cannot fail. */
export function segmentsOf(path: string): string[] {
  const raw = path.slice(1).split("/")
  return path.includes("%") ? raw.map(decodeURIComponent) : raw
}

/** Whether a pattern takes these segments. The definition that the router's index is tested against. */
export function takes({ segments, open }: Pattern, path: readonly string[]): boolean {
  if (open ? path.length <= segments.length : path.length !== segments.length) return false
  return segments.every((segment, i) => (segment.kind === "text" ? segment.text === path[i] : path[i] !== ""))
}

/** Whether every path that `narrow` takes is taken by `wide`. */
export function covers(wide: Pattern, narrow: Pattern): boolean {
  if (wide.open ? !(narrow.open || narrow.segments.length > wide.segments.length) : narrow.open) return false
  if (wide.open ? narrow.segments.length < wide.segments.length : narrow.segments.length !== wide.segments.length)
    return false
  return wide.segments.every((segment, i) => {
    const other = narrow.segments[i]
    if (segment.kind === "text") return other?.kind === "text" && other.text === segment.text
    return other?.kind === "any" || (other?.kind === "text" && other.text !== "")
  })
}

/** The pattern of an address of the gateway's own. */
export function fixed(text: string): Pattern {
  const pattern = parsePattern(text)
  if ("fault" in pattern) throw new Error(pattern.fault)
  return pattern
}
