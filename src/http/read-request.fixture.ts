import { type RequestRead, readRequestHead } from "./read-request.ts"

export const LIMITS = { headBytes: 1024, targetBytes: 200, fields: 20 }

export function read(wire: string, limits = LIMITS): RequestRead {
  const bytes = Buffer.from(wire, "latin1")
  return readRequestHead(bytes, 0, bytes.length, limits)
}

/** The head of a GET with this target, or these lines in place of its `Host`. */
export function withTarget(target: string): string {
  return `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`
}
export function withLines(...lines: string[]): string {
  return `GET / HTTP/1.1\r\n${lines.map((line) => `${line}\r\n`).join("")}\r\n`
}
export function withLine(line: string): string {
  return withLines("Host: a", line)
}

export function headOf(wire: string) {
  const result = read(wire)
  if (result.kind !== "head") throw new Error(`${JSON.stringify(wire)} is ${JSON.stringify(result)}`)
  if (result.end !== wire.length) throw new Error(`${JSON.stringify(wire)} ends at ${result.end}`)
  return result.head
}
