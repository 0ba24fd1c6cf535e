/** One HTTP/1.1 message taken apart by the tests' own reader, which shares nothing with the gateway's. */
export interface Message {
  readonly line: string
  /** As they came, in order. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** What has come of the body, out of its framing. */
  readonly body: Buffer
  /** Whether the body has come to the end that its framing says. */
  readonly isWhole: boolean
  /** Index after the message. */
  readonly end: number
}

/** How to read a body that no framing tells of: there is none (requests), or it lasts to the end of the connection. */
export type Unframed = "none" | "until-close"

/** Reads the message at `from`; undefined while its head is not whole. `bodyless`: an answer to HEAD. */
export function readMessage(bytes: Buffer, unframed: Unframed, from = 0, bodyless = false): Message | undefined {
  const headEnd = bytes.indexOf("\r\n\r\n", from, "latin1")
  if (headEnd < 0) return undefined
  const [line = "", ...lines] = bytes.latin1Slice(from, headEnd).split("\r\n")
  const fields = lines.map((it): [string, string] => {
    const colon = it.indexOf(":")
    return [it.slice(0, colon), it.slice(colon + 1).trim()]
  })
  const start = headEnd + 4
  const status = /^HTTP\/1\.\d (\d{3})/.exec(line)?.[1] ?? ""
  const isBodyless = bodyless || status.startsWith("1") || status === "204" || status === "304"
  return { line, fields, ...(isBodyless ? whole(bytes, start, start) : bodyOf(bytes, start, fields, unframed)) }
}

type Body = Pick<Message, "body" | "isWhole" | "end">

function bodyOf(bytes: Buffer, start: number, fields: Message["fields"], unframed: Unframed): Body {
  if (firstOf(fields, "transfer-encoding") === "chunked") return dechunked(bytes, start)
  const length = firstOf(fields, "content-length")
  if (length !== undefined) {
    const end = start + Number(length)
    return end <= bytes.length ? whole(bytes, start, end) : partial(bytes.subarray(start), bytes.length)
  }
  return whole(bytes, start, unframed === "none" ? start : bytes.length)
}

const whole = (bytes: Buffer, start: number, end: number): Body => ({
  body: bytes.subarray(start, end),
  isWhole: true,
  end,
})
const partial = (body: Buffer, end: number): Body => ({ body, isWhole: false, end })

function dechunked(bytes: Buffer, start: number): Body {
  const pieces: Buffer[] = []
  let at = start
  for (;;) {
    const lineEnd = bytes.indexOf("\r\n", at, "latin1")
    if (lineEnd < 0) return partial(Buffer.concat(pieces), bytes.length)
    const size = Number.parseInt(bytes.latin1Slice(at, lineEnd), 16)
    const dataEnd = lineEnd + 2 + size
    if (Number.isNaN(size) || dataEnd + 2 > bytes.length) {
      pieces.push(bytes.subarray(lineEnd + 2, Math.min(dataEnd, bytes.length)))
      return partial(Buffer.concat(pieces), bytes.length)
    }
    if (size === 0) return { body: Buffer.concat(pieces), isWhole: true, end: dataEnd + 2 }
    pieces.push(bytes.subarray(lineEnd + 2, dataEnd))
    at = dataEnd + 2
  }
}

/** The first value of a field, by its name in lower case. */
export const firstOf = (fields: Message["fields"], name: string): string | undefined =>
  fields.find(([it]) => it.toLowerCase() === name)?.[1]

/** All values of a field, by its name in lower case. */
export const allOf = (fields: Message["fields"], name: string): readonly string[] =>
  fields.filter(([it]) => it.toLowerCase() === name).map(([, value]) => value)

export const statusOf = ({ line }: Message): number => Number(line.split(" ")[1])

/** Bytes as chunks of one body, the last one included. */
export function chunked(body: Uint8Array, size = 16_384): Buffer {
  const pieces: Uint8Array[] = []
  for (let at = 0; at < body.length; at += size) {
    const piece = body.subarray(at, at + size)
    pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n"))
  }
  return Buffer.concat([...pieces, Buffer.from("0\r\n\r\n")])
}
