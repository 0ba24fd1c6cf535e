/** A text in pieces of `size` code points, as a model's tokens come: never a broken surrogate pair. */
export function pieces(text: string, size = 5): readonly string[] {
  const points = [...text]
  const found: string[] = []
  for (let at = 0; at < points.length; at += size) found.push(points.slice(at, at + size).join(""))
  return found
}

/** A server-sent event (WHATWG HTML, "Server-sent events"), named where the format names its events. */
export function sse(data: unknown, event?: string): Uint8Array {
  const name = event === undefined ? "" : `event: ${event}\n`
  return Buffer.from(`${name}data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`)
}

/** The frame in two, within its first character of several bytes; whole when it has none. */
export function torn(frame: Uint8Array): readonly Uint8Array[] {
  const at = frame.findIndex((byte) => byte >= 0x80 && byte < 0xc0)
  return at <= 0 ? [frame] : [frame.subarray(0, at), frame.subarray(at)]
}
