import { crc32 } from "node:zlib"

/** One message of an AWS event stream, with headers that are texts. */
export function eventMessage(headers: Readonly<Record<string, string>>, payload: Uint8Array): Buffer {
  const head = Buffer.concat(Object.entries(headers).map(([name, value]) => header(name, value)))
  const message = Buffer.alloc(16 + head.length + payload.length)
  message.writeUInt32BE(message.length, 0)
  message.writeUInt32BE(head.length, 4)
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8)
  message.set(head, 12)
  message.set(payload, 12 + head.length)
  message.writeUInt32BE(crc32(message.subarray(0, -4)), message.length - 4)
  return message
}

/** As Bedrock sends it. */
export const event = (type: string, payload: object): Buffer =>
  eventMessage(
    { ":event-type": type, ":content-type": "application/json", ":message-type": "event" },
    Buffer.from(JSON.stringify(payload)),
  )

export const exception = (type: string, message: string): Buffer =>
  eventMessage(
    { ":exception-type": type, ":content-type": "application/json", ":message-type": "exception" },
    Buffer.from(JSON.stringify({ message })),
  )

function header(name: string, value: string): Buffer {
  const text = Buffer.from(value)
  return Buffer.concat([
    Buffer.from([Buffer.byteLength(name)]),
    Buffer.from(name),
    Buffer.from([7, text.length >> 8, text.length & 255]),
    text,
  ])
}
