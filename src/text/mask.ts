/** One `${…}` as written: what stands for it once the text is parsed. */
export type Reference = Readonly<{ start: number; end: number }> &
  (
    | Readonly<{ kind: "variable"; name: string; fallback: string | undefined }>
    | Readonly<{ kind: "literal"; text: string }>
    | Readonly<{ kind: "broken"; message: string; text: string }>
  )

/** A text of the same length in which YAML meets no `${`, so that no value can become syntax. */
export interface Masked {
  readonly original: string
  readonly text: string
  readonly references: readonly Reference[]
  /** Finds each placeholder in a scalar, in the order of the references inside it. */
  readonly placeholder: RegExp
}

const OPENING = /\$?\$\{/g
const ESCAPED_WHOLE = /\$\$\{[A-Za-z_]\w*(?::-[^}{"'\\,[\]\r\n]*)?\}/y
const WITH_END = /\$\{([^}\r\n]*)\}/y
const INSIDE = /^([A-Za-z_]\w*)(?::-(.*))?$/

/** Undefined when the text leaves no two private-use characters free to stand for references. */
export function mask(text: string): Masked | undefined {
  const [first, rest] = freeCharacters(text)
  if (first === undefined || rest === undefined) return undefined
  const references: Reference[] = []
  const pieces: string[] = []
  let end = 0
  OPENING.lastIndex = 0
  for (let it = OPENING.exec(text); it !== null; it = OPENING.exec(text)) {
    const reference = readReference(text, it.index, it[0])
    references.push(reference)
    pieces.push(text.slice(end, reference.start), first, rest.repeat(reference.end - reference.start - 1))
    end = reference.end
    OPENING.lastIndex = end
  }
  pieces.push(text.slice(end))
  return { original: text, text: pieces.join(""), references, placeholder: new RegExp(`${first}${rest}*`, "g") }
}

/** Those that begin in a range; they are sorted by place. */
export function referencesWithin({ references }: Masked, start: number, end: number): readonly Reference[] {
  let low = 0
  let high = references.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((references[middle]?.start ?? end) < start) low = middle + 1
    else high = middle
  }
  let last = low
  while ((references[last]?.start ?? end) < end) last++
  return references.slice(low, last)
}

function readReference(text: string, start: number, opening: string): Reference {
  if (opening === "$${") return readEscaped(text, start)
  const opened = start + opening.length
  WITH_END.lastIndex = start
  const [whole, inside = ""] = WITH_END.exec(text) ?? []
  if (whole === undefined)
    return { start, end: opened, kind: "broken", message: '"${" is not closed on its line', text: opening }
  const end = start + whole.length
  const [, name, fallback] = INSIDE.exec(inside) ?? []
  if (inside.includes("${"))
    return { start, end, kind: "broken", message: `"\${…}" stands inside another`, text: whole }
  if (name === undefined)
    return { start, end, kind: "broken", message: `${JSON.stringify(whole)} does not name a variable`, text: whole }
  return { start, end, kind: "variable", name, fallback }
}

/** Masked up to its `}` where that is plain to see: `{ a: $${B} }` would end the map at the first `}` otherwise. */
function readEscaped(text: string, start: number): Reference {
  ESCAPED_WHOLE.lastIndex = start
  const whole = ESCAPED_WHOLE.exec(text)?.[0] ?? "$${"
  return { start, end: start + whole.length, kind: "literal", text: whole.slice(1) }
}

const PRIVATE_USE = /[\ue000-\uf8ff]/g
const PRIVATE_USE_ESCAPED = /\\(?:u|U0000)([ef][0-9a-f]{3})/gi

/** Neither written in the text nor made by an escape in it. */
function freeCharacters(text: string): readonly string[] {
  const used = new Set([
    ...(text.match(PRIVATE_USE) ?? []),
    ...Array.from(text.matchAll(PRIVATE_USE_ESCAPED), ([, hex = ""]) => String.fromCharCode(Number.parseInt(hex, 16))),
  ])
  const free: string[] = []
  for (let code = 0xe000; code <= 0xf8ff && free.length < 2; code++) {
    const character = String.fromCharCode(code)
    if (!used.has(character)) free.push(character)
  }
  return free
}
