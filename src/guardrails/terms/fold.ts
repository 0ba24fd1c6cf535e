/** Letters of other scripts and signs that look like Latin ones (Unicode Technical Standard #39, confusables), in pairs. */
const LOOKALIKES =
  "аaвbсcԁdеeёeһhіiїiјjкkӏlмmнhоoрpԛqѕsтtуyүyԝwхxαaβbεeηnιiκkνvοoρpτtυuχxγyɑaɡgʀrɪiɴnʏyʙbʜhʟlᴀaᴄcᴅdᴇeᴊjᴋkᴍmᴏoᴘpᴛtᴜuᴠvᴡwᴢzꜰfꜱs"

/** Letters with a stroke, which normalization leaves as they are. */
const STROKED: ReadonlyMap<string, string> = new Map(
  [..."łløođdıiħhŧtðd"].flatMap((it, at, all) => (at % 2 === 0 ? [[it, all[at + 1] ?? it] as const] : [])),
)

/** Digits and signs written for letters. */
const WRITTEN_FOR: readonly (readonly [sign: string, letters: string])[] = [
  ["0", "o"],
  ["1", "il"],
  ["3", "e"],
  ["4", "a"],
  ["5", "s"],
  ["7", "t"],
  ["8", "b"],
  ["9", "g"],
  ["@", "a"],
  ["$", "s"],
  ["!", "i"],
  ["|", "il"],
  ["€", "e"],
]

const codeOf = (text: string): number => text.charCodeAt(0)

/** What a folded character may stand for beside itself. */
export const DISGUISES: ReadonlyMap<number, readonly number[]> = new Map([
  ...Array.from({ length: LOOKALIKES.length / 2 }, (_, at): readonly [number, readonly number[]] => [
    LOOKALIKES.charCodeAt(at * 2),
    [LOOKALIKES.charCodeAt(at * 2 + 1)],
  ]),
  ...WRITTEN_FOR.map(([sign, letters]) => [codeOf(sign), [...letters].map(codeOf)] as const),
])

/** Not there for whoever reads: skipped. */
export const SKIPPED = 0
export const BLANK = 32

/** A folded word with Latin letters for what stands for them, where it has some of its own; otherwise as it is. */
export function undisguised(word: string): string {
  if (!/[a-z]/.test(word)) return word
  let out = ""
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at)
    out += String.fromCharCode(DISGUISES.get(code)?.[0] ?? code)
  }
  return out
}

interface Folds {
  readonly codes: Uint16Array
  /** 1 for what words are made of. */
  readonly words: Uint8Array
}

let made: Folds | undefined

/** By UTF-16 unit; made when first asked for, as it takes a few milliseconds. */
function folds(): Folds {
  if (made !== undefined) return made
  const codes = new Uint16Array(0x10000)
  const words = new Uint8Array(0x10000)
  for (let code = 0; code < 0x10000; code++) {
    const sign = String.fromCharCode(code)
    codes[code] = foldOf(code, sign)
    words[code] = /[\p{L}\p{N}]/u.test(sign) ? 1 : 0
  }
  made = { codes, words }
  return made
}

function foldOf(code: number, sign: string): number {
  if (code >= 0xd800 && code < 0xe000) return code
  if (/[\p{M}\p{Cf}]/u.test(sign)) return SKIPPED
  if (/[\s_-]/u.test(sign) || (code >= 0x2010 && code <= 0x2015)) return BLANK
  // Syllables of Hangul come apart into letters, of which the first is not the whole.
  if (code >= 0xac00 && code <= 0xd7a3) return code
  const [first = sign] = sign.toLowerCase().normalize("NFKD")
  return codeOf(STROKED.get(first) ?? first.toLowerCase())
}

/** Mathematical letters (U+1D400 to U+1D7FF), which come as two units each. */
function mathematical(text: string, at: number): number | undefined {
  const point = text.codePointAt(at) ?? 0
  if (point < 0x1d400 || point > 0x1d7ff) return undefined
  return codeOf(String.fromCodePoint(point).normalize("NFKD").toLowerCase())
}

/** Reads a text character by character as it is compared: without case, marks, forms of letters and what is not seen. */
export class FoldReader {
  readonly #codes: Uint16Array
  readonly #words: Uint8Array
  /** How many units the last `read` took. */
  took = 1

  constructor() {
    const { codes, words } = folds()
    this.#codes = codes
    this.#words = words
  }

  /** The folded character at a place; `SKIPPED` and `BLANK` are what they say. */
  read(text: string, at: number): number {
    const code = text.charCodeAt(at)
    this.took = 1
    if (code === 0xd835 && at + 1 < text.length) {
      const found = mathematical(text, at)
      if (found !== undefined) {
        this.took = 2
        return found
      }
    }
    return this.#codes[code] ?? code
  }

  /** Whether words are made of this unit. */
  isWord(code: number): boolean {
    return this.#words[code] === 1
  }
}

/** A whole text as it is compared, with one blank for several. */
export function folded(text: string): string {
  const reader = new FoldReader()
  let out = ""
  for (let at = 0; at < text.length; at += reader.took) {
    const code = reader.read(text, at)
    if (code === SKIPPED || (code === BLANK && (out === "" || out.endsWith(" ")))) continue
    out += String.fromCharCode(code)
  }
  return out.trimEnd()
}
