/** A place inside a document: names of keys and positions in lists (from 0), outermost first. */
export type Path = readonly (string | number)[]

const PLAIN = /^[\p{L}_$][\p{L}\p{N}_$-]*$/u

/** As `Source.path` writes it: `services.orders.policies[2].scopes.POST`, odd names as `["a.b"]`. */
export function showPath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`
    if (!PLAIN.test(part)) return `${text}[${JSON.stringify(part)}]`
    return text === "" ? part : `${text}.${part}`
  }, "")
}

const PART = /\[(0|[1-9]\d*)\]|\[("(?:[^"\\]|\\.)*")\]|(\.?)([\p{L}_$][\p{L}\p{N}_$-]*)/uy

/** Reads what `showPath` writes; throws with the column where it cannot. */
export function parsePath(text: string): Path {
  const path: (string | number)[] = []
  PART.lastIndex = 0
  while (PART.lastIndex < text.length) {
    const at = PART.lastIndex
    const part = PART.exec(text)
    if (part === null) throw new PathError(text, at)
    const [, position, quoted, dot, name] = part
    // A dot stands between a name and what is before it, and nowhere else.
    if (name !== undefined && (dot === "") !== (at === 0)) throw new PathError(text, at)
    path.push(position === undefined ? (name ?? unquoted(quoted ?? '""', text, at)) : Number(position))
  }
  return path
}

class PathError extends Error {
  constructor(text: string, at: number) {
    super(`${JSON.stringify(text)} is not a path: cannot read on at column ${at + 1}`)
  }
}

function unquoted(quoted: string, text: string, at: number): string {
  try {
    return String(JSON.parse(quoted))
  } catch (cause) {
    throw Object.assign(new PathError(text, at), { cause })
  }
}
