import type { CaseRequest } from "./case-file.ts"

const ESCAPE = /\\(?:x([0-9a-f]{2})|([rnt0\\]))/g
const ESCAPED: Readonly<Record<string, string>> = { r: "\r", n: "\n", t: "\t", "0": "\0", "\\": "\\" }

/**
 * Text of a case as bytes: each line but the last ends in CRLF, and `\r`, `\n`, `\t`, `\0`, `\\` and `\x80` stand for a
 * byte wherever they are, so that a request can be anything at all.
 */
export const bytesOf = (text: string): Buffer =>
  Buffer.from(
    text
      .replaceAll("\n", "\r\n")
      .replace(ESCAPE, (_, hex: string | undefined, letter: string | undefined) =>
        hex === undefined ? (ESCAPED[letter ?? ""] ?? "") : String.fromCharCode(Number.parseInt(hex, 16)),
      ),
    "latin1",
  )

/** A request as it is sent. A head that no empty line ends gets one. */
export function requestBytes({ text, isUnfinished }: CaseRequest): Buffer {
  return bytesOf(isUnfinished || text.includes("\n\n") ? text : `${text}\n\n`)
}
