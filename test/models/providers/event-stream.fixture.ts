import { crc32 } from "node:zlib"

/**
 * One message of `application/vnd.amazon.eventstream`: prelude (total length, headers' length, CRC-32), headers of type
 * string (7), payload, CRC-32 of all before it; integers big-endian.
 * Source: AWS, "Event stream encoding" (Amazon Transcribe developer guide; Smithy, "application/vnd.amazon.eventstream").
 */
function eventMessage(headers: Readonly<Record<string, string>>, payload: string): Uint8Array {
  const head = Buffer.concat(Object.entries(headers).map(([name, value]) => headerOf(name, value)))
  const body = Buffer.from(payload)
  const message = Buffer.alloc(12 + head.length + body.length + 4)
  message.writeUInt32BE(message.length, 0)
  message.writeUInt32BE(head.length, 4)
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8)
  head.copy(message, 12)
  body.copy(message, 12 + head.length)
  message.writeUInt32BE(crc32(message.subarray(0, message.length - 4)), message.length - 4)
  return message
}

function headerOf(name: string, value: string): Buffer {
  const head = Buffer.alloc(1 + Buffer.byteLength(name) + 3)
  head.writeUInt8(Buffer.byteLength(name), 0)
  head.write(name, 1)
  head.writeUInt8(7, 1 + Buffer.byteLength(name))
  head.writeUInt16BE(Buffer.byteLength(value), 2 + Buffer.byteLength(name))
  return Buffer.concat([head, Buffer.from(value)])
}

/** An event as Bedrock sends it: the payload's `p` is padding of a length that changes, against guesses by size. */
export function bedrockEvent(type: string, payload: object): Uint8Array {
  const headers = { ":event-type": type, ":content-type": "application/json", ":message-type": "event" }
  const p = "abcdefghijklmnopqrstuvwxyz".slice(0, 1 + (JSON.stringify(payload).length % 25))
  return eventMessage(headers, JSON.stringify({ ...payload, p }))
}

/** An exception within a stream, like `throttlingException`. */
export function bedrockException(type: string, message: string): Uint8Array {
  const headers = { ":exception-type": type, ":content-type": "application/json", ":message-type": "exception" }
  return eventMessage(headers, JSON.stringify({ message }))
}
