const CRLF = Buffer.from("\r\n")
const HEAD_END = Buffer.from("\r\n\r\n")

/** A field of a form: its name, and where its value stands in the body, [from, to). */
export interface FormField {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** The boundary a content type names (RFC 2046 §5.1.1); undefined where it is no form in parts. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  const found = /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
    contentType ?? "",
  )
  return found?.[1] ?? found?.[2]
}

/** The fields of a form (RFC 7578), files among them; undefined where the body is none. */
export function formFields(body: Buffer, boundary: string): readonly FormField[] | undefined {
  const mark = Buffer.from(`--${boundary}`)
  const fields: FormField[] = []
  let at = body.indexOf(mark)
  if (at < 0) return undefined
  for (;;) {
    const start = at + mark.length
    if (body.toString("latin1", start, start + 2) === "--") return fields
    const head = body.indexOf(HEAD_END, start)
    const next = head < 0 ? -1 : body.indexOf(mark, head)
    if (next < 0) return undefined
    const name = nameIn(body.toString("latin1", start, head))
    const to = next - CRLF.length
    if (name !== undefined && to >= head + HEAD_END.length) fields.push({ name, from: head + HEAD_END.length, to })
    at = next
  }
}

const nameIn = (head: string): string | undefined =>
  /^content-disposition:\s*form-data;(?:.*;)?\s*name="([^"]*)"/im.exec(head)?.[1]

/** The body with another value for each field of that name. */
export function withField(body: Buffer, fields: readonly FormField[], name: string, value: string): Buffer {
  const pieces: Buffer[] = []
  let kept = 0
  for (const it of fields) {
    if (it.name !== name) continue
    pieces.push(body.subarray(kept, it.from), Buffer.from(value))
    kept = it.to
  }
  pieces.push(body.subarray(kept))
  return Buffer.concat(pieces)
}
