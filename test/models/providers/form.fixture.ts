import type { Heard } from "./server.fixture.ts"
import { Refused } from "./wire.fixture.ts"

export interface Field {
  readonly body: Buffer
  readonly filename: string | undefined
}

/** The fields of a `multipart/form-data` body (RFC 7578). */
export function formOf({ headers, body }: Heard): ReadonlyMap<string, Field> {
  const boundary = /boundary="?([^";]+)"?/.exec(headers.get("content-type") ?? "")?.[1]
  if (boundary === undefined) throw new Refused({ status: 400, message: "Could not parse multipart form" })
  const fields = new Map<string, Field>()
  const mark = Buffer.from(`--${boundary}`)
  let at = body.indexOf(mark)
  for (;;) {
    const next = at < 0 ? -1 : body.indexOf(mark, at + mark.length)
    if (next < 0) return fields
    const part = body.subarray(at + mark.length + 2, next - 2)
    const end = part.indexOf("\r\n\r\n")
    const head = part.subarray(0, end).toString()
    const name = /[; ]name="([^"]*)"/.exec(head)?.[1] ?? ""
    fields.set(name, { body: part.subarray(end + 4), filename: /filename="([^"]*)"/.exec(head)?.[1] })
    at = next
  }
}
