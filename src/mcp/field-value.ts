const MARKED = /^=\?base64\?(.*)\?=$/s
/** Visible ASCII and blanks between, as a field's value may hold them. */
const PLAIN = /^[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?$/
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const strict = new TextDecoder("utf-8", { fatal: true })

/** A text as a field's value (specification 2026-07-28, Streamable HTTP, Value Encoding). */
export const toField = (text: string): string =>
  PLAIN.test(text) && !MARKED.test(text) ? text : `=?base64?${Buffer.from(text).toString("base64")}?=`

/** Undefined where the value claims to be encoded and is not. */
export function fromField(value: string): string | undefined {
  const encoded = MARKED.exec(value)?.[1]
  if (encoded === undefined) return value
  if (!BASE64.test(encoded)) return undefined
  try {
    return strict.decode(Buffer.from(encoded, "base64"))
  } catch {
    return undefined
  }
}

/** The member a request is about, which stands in `Mcp-Name` too; undefined for methods that have none. */
export function namedBy(method: string): "name" | "uri" | undefined {
  switch (method) {
    case "tools/call":
    case "prompts/get":
      return "name"
    case "resources/read":
      return "uri"
    default:
      return undefined
  }
}
