const SHORT: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", v: "\v", a: "\u0007" }

/**
 * A value as it was before the engine wrote it: `\x22`, `\"`, `\\`, Go's `\u00e9`.
 *
 * `backslashes`: 2 in httpd's error log, which writes each backslash twice. Bytes that are no UTF-8 become U+FFFD.
 */
export function unescaped(raw: string, backslashes: 1 | 2): string {
  if (!raw.includes("\\")) return raw
  const text = backslashes === 2 ? raw.replaceAll("\\\\", "\\") : raw
  const out = new Written()
  for (let at = 0; at < text.length; ) at = out.take(text, at)
  return out.done()
}

/** Collects characters, and bytes written as `\xHH`, which make characters only together. */
class Written {
  #text = ""
  #bytes: number[] = []

  /** Takes one character or escape; answers where the next begins. */
  take(text: string, at: number): number {
    const char = text[at] ?? ""
    const next = text[at + 1] ?? ""
    if (char !== "\\" || next === "") return this.#add(char, at + 1)
    if (next === "x") return this.#hex(text, at, 2, (code) => this.#bytes.push(code))
    if (next === "u") return this.#hex(text, at, 4, (code) => this.#add(String.fromCharCode(code), at))
    return this.#add(SHORT[next] ?? (next === "\\" || next === '"' || next === "'" ? next : `\\${next}`), at + 2)
  }

  done(): string {
    this.#flush()
    return this.#text
  }

  #hex(text: string, at: number, digits: number, keep: (code: number) => void): number {
    const hex = text.slice(at + 2, at + 2 + digits)
    if (hex.length < digits || !/^[0-9a-fA-F]+$/.test(hex)) return this.#add("\\", at + 1)
    keep(Number.parseInt(hex, 16))
    return at + 2 + digits
  }

  #add(text: string, next: number): number {
    this.#flush()
    this.#text += text
    return next
  }

  #flush(): void {
    if (this.#bytes.length === 0) return
    this.#text += Buffer.from(this.#bytes).toString("utf8")
    this.#bytes = []
  }
}
