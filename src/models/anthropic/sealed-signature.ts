import type { ReasoningPart } from "../form/content.ts"
import { objectOf, parseObject, textOf } from "../json.ts"
import { WIRE_FORMATS } from "../wire-format.ts"

/** Anthropic's own signatures are base64, which has no dot. */
const PREFIX = "pinpoint."
/** How every sealed signature begins: behind the prefix stands a JSON object in base64. */
export const SEALED = `${PREFIX}eyJ`

type Seal = Pick<ReasoningPart, "signature" | "redacted" | "format" | "id">

/** What another format signed or encrypted, as text for the place of Anthropic's signature. It comes back with the next turn. */
export function seal({ signature, redacted, format, id }: Seal): string {
  return PREFIX + Buffer.from(JSON.stringify({ format, id, signature, redacted })).toString("base64url")
}

/** What a signature says, sealed by us or made by Anthropic; empty means there is none, as where a model does not sign. */
export function unseal(signature: string): Seal {
  if (signature === "") return {}
  const sealed = signature.startsWith(PREFIX) ? parseObject(opened(signature)) : undefined
  if (sealed === undefined) return { signature, format: "anthropic" }
  const [told, id] = [objectOf(sealed), textOf(sealed.id)]
  const [inner, redacted] = [textOf(told?.signature), textOf(told?.redacted)]
  const format = WIRE_FORMATS.find((it) => it === told?.format)
  return {
    ...(inner === undefined ? {} : { signature: inner }),
    ...(redacted === undefined ? {} : { redacted }),
    ...(format === undefined ? {} : { format }),
    ...(id === undefined ? {} : { id }),
  }
}

const opened = (signature: string): string => Buffer.from(signature.slice(PREFIX.length), "base64url").toString("utf8")

/** Whether Anthropic's own block can hold it: what Anthropic signed, or nobody. */
export const isPlain = ({ format, id, redacted }: Seal): boolean =>
  id === undefined && redacted === undefined && (format === undefined || format === "anthropic")
