import { WIRE_FORMATS, type WireFormat } from "../wire-format.ts"

/** A signature of one format that a caller of another is given to keep, so that it can come back to who signed. */
export interface CarriedSignature {
  readonly format: WireFormat
  /** `before`: it signs the part before it, in dialects that have no place for it there. */
  readonly means: "signature" | "redacted" | "before"
  readonly value: string
}

const MARK = "pinpoint:"
/** The mark is nine bytes, so that its base64 ends where its last byte does. */
const ENCODED_MARK = Buffer.from(MARK).toString("base64")
/** How every carried signature begins. */
export const CARRIED = ENCODED_MARK
const MEANINGS = ["signature", "redacted", "before"] as const

/** Base64, since SDKs decode what stands where a signature is expected. */
export const carrySignature = ({ format, means, value }: CarriedSignature): string =>
  Buffer.from(`${MARK}${format}:${means}:${value}`).toString("base64")

/** Undefined where it is not one of ours, and so the dialect's own. */
export function carriedSignature(text: string): CarriedSignature | undefined {
  if (!text.startsWith(ENCODED_MARK)) return undefined
  const [, format, means, ...value] = Buffer.from(text, "base64").toString("utf8").split(":")
  const foundFormat = WIRE_FORMATS.find((it) => it === format)
  const foundMeans = MEANINGS.find((it) => it === means)
  if (foundFormat === undefined || foundMeans === undefined) return undefined
  return { format: foundFormat, means: foundMeans, value: value.join(":") }
}
