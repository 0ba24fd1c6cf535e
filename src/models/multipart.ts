const CRLF = Buffer.from("\r\n")
const HEAD_END = Buffer.from("\r\n\r\n")

/** A field of a form: its name, and where its value stands in the body, [from, to). */
export interface FormField {
  readonly name: string
  readonly from: number
  readonly to: number
}

/**
 * The boundary a content type names (RFC 2046 §5.1.1); undefined where it is no form in parts, and where it names two, of which
 * another reader might take the other.
 */
export function boundaryOf(contentType: string | undefined): string | undefined {
  const found = FORM.exec(contentType ?? "")
  return contentType?.match(/boundary\s*=/gi)?.length === 1 ? (found?.[1] ?? found?.[2]) : undefined
}

const FORM = /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"\\]{1,70})"|([^\s;"]{1,70}))\s*(?:;|$)/i

/**
 * The fields of a form (RFC 7578), files among them; undefined where the body is none, or one that two readers need not read
 * alike: what is judged here is what the provider has to find. So a boundary stands at the beginning of a line and nowhere else,
 * as RFC 2046 §5.1.1 has it, and every part says its name once, in quotes.
 */
export function formFields(body: Buffer, boundary: string): readonly FormField[] | undefined {
  const mark = Buffer.from(`--${boundary}`)
  const fields: FormField[] = []
  let at = 0
  if (body.indexOf(mark) !== 0) return undefined
  for (;;) {
    const start = at + mark.length
    const after = body.toString("latin1", start, start + CRLF.length)
    if (after === "--") return isBlank(body, start + after.length) ? fields : undefined
    const next = body.indexOf(mark, start)
    const head = body.indexOf(HEAD_END, start)
    const to = next - CRLF.length
    if (after !== "\r\n" || next < 0 || head < 0 || head + HEAD_END.length > to) return undefined
    if (!body.subarray(to, next).equals(CRLF)) return undefined
    const name = nameIn(body.toString("latin1", start + CRLF.length, head))
    if (name === undefined) return undefined
    fields.push({ name, from: head + HEAD_END.length, to })
    at = next
  }
}

/** Behind the last boundary nothing is said. */
const isBlank = (body: Buffer, from: number): boolean => body.toString("latin1", from).trim() === ""

const DISPOSITION = /^content-disposition:[ \t]*form-data((?:[ \t]*;[ \t]*[\w*-]+=(?:"[^"\\]*"|[^\s";]+))+)[ \t]*$/i
const NAME = /;[ \t]*name="([^"]*)"/gi

/** Of a part's head, whose lines end in CRLF and are not folded. */
function nameIn(head: string): string | undefined {
  const lines = head.split("\r\n")
  if (lines.some((it) => /^[ \t]|[\r\n\0]/.test(it))) return undefined
  const told = lines.filter((it) => /^content-disposition[ \t]*:/i.test(it))
  const parameters = DISPOSITION.exec(told.length === 1 ? (told[0] ?? "") : "")?.[1]
  // `name=` within a file's name would be found, too: then there are two, and it is not said which is meant.
  const names = Array.from(parameters?.matchAll(NAME) ?? [], ([, it]) => it)
  return names.length === 1 && !/;[ \t]*name(?:=[^"]|\*)/i.test(parameters ?? "") ? names[0] : undefined
}

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
