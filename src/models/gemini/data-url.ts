/** `data:image/png;base64,…` (RFC 2397); undefined for any other address. */
export function readDataUrl(url: string): { readonly type: string; readonly data: string } | undefined {
  if (!url.startsWith("data:")) return undefined
  const comma = url.indexOf(",")
  if (comma < 0) return undefined
  const [type = "", ...parameters] = url.slice("data:".length, comma).split(";")
  return parameters.at(-1) === "base64" ? { type, data: url.slice(comma + 1) } : undefined
}

/** Text that was sent as bytes; undefined where the bytes are no UTF-8. */
export function textOfBase64(data: string): string | undefined {
  const bytes = Buffer.from(data, "base64")
  const text = bytes.toString("utf8")
  return Buffer.from(text).equals(bytes) ? text : undefined
}

export const base64OfText = (text: string): string => Buffer.from(text).toString("base64")
