import type { SeenRequest } from "../exhibits.ts"

/** Lines of a long log that could concern a refusal, with the number each has in the file. */
export interface Relevant {
  readonly text: string
  readonly lines: readonly number[]
  /** Lines that could concern it and were left out, as later ones filled the room. */
  readonly dropped: number
}

const LINES = 20_000
const CHARS = 3 * 1024 * 1024

/** Longer lines are cut, as a line without an end would take all memory. */
const LONGEST = 64 * 1024

/** What a line that tells of a refusal holds, in some language of some machine. */
const TELLING =
  /\b40[13]\b|denied|forbidden|not allowed|unauthori[sz]ed|blocked|rejected|refus|ModSecurity|Coraza|AH\d{5}|Permission|rbac|policy|csrf|\[(?:error|crit|alert|emerg)\]|:error\]|"level":"error"|\bERROR\b/i

/**
 * Reads a log to its end, however long it is, in bounded memory, and keeps of it what could concern a refusal or the
 * request asked about, the last of it where there is too much.
 */
export async function relevantLines(chunks: AsyncIterable<Uint8Array>, asked?: SeenRequest): Promise<Relevant> {
  const kept = new Kept()
  const path = asked?.target?.split("?", 1)[0]
  const isAsked = path === undefined || path.length < 4 ? () => false : (line: string) => line.includes(path)
  const decoder = new TextDecoder()
  let number = 1
  let rest = ""
  for await (const chunk of chunks) {
    const text = rest + decoder.decode(chunk, { stream: true })
    const end = text.lastIndexOf("\n") + 1
    number = takeLines(text.slice(0, end), number, isAsked, kept)
    rest = text.slice(end)
    if (rest.length > LONGEST) rest = rest.slice(0, LONGEST)
  }
  takeLines(`${rest}${decoder.decode()}\n`, number, isAsked, kept)
  return kept.all()
}

/** Looks for what tells and then for its line: most lines of a log are never cut out at all. */
function takeLines(text: string, first: number, isAsked: (line: string) => boolean, kept: Kept): number {
  let number = first
  for (let start = 0; start < text.length; number++) {
    const end = text.indexOf("\n", start)
    const line = text.slice(start, Math.min(end, start + LONGEST))
    if (TELLING.test(line) || isAsked(line)) kept.add(line, number)
    start = end + 1
  }
  return number
}

class Kept {
  #lines: { readonly text: string; readonly number: number }[] = []
  #first = 0
  #chars = 0

  add(text: string, number: number): void {
    // A copy of its own: a piece of a long string would keep all of that string in memory.
    this.#lines.push({ text: Buffer.from(text).toString(), number })
    this.#chars += text.length
    while (this.#lines.length - this.#first > LINES || this.#chars > CHARS)
      this.#chars -= this.#lines[this.#first++]?.text.length ?? 0
    if (this.#first < LINES) return
    this.#dropped += this.#first
    this.#lines = this.#lines.slice(this.#first)
    this.#first = 0
  }

  #dropped = 0

  all(): Relevant {
    const lines = this.#lines.slice(this.#first)
    return {
      text: lines.map(({ text }) => text).join("\n"),
      lines: lines.map(({ number }) => number),
      dropped: this.#dropped + this.#first,
    }
  }
}
