import type { AnswerPart, ReasoningPart } from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import type { JsonObject } from "../json.ts"
import { carrySignature } from "./carried-signature.ts"
import { FORMAT } from "./format.ts"
import { writeArguments, writeMade, writeOpaque } from "./write-contents.ts"

/** A part of a candidate's content. */
export function writeAnswerPart(part: AnswerPart, losses: Losses): JsonObject | undefined {
  switch (part.kind) {
    case "text":
      return { text: part.text, ...signed(part.signature) }
    case "refusal":
      return { text: part.text }
    case "reasoning":
      return { text: part.text, thought: true, ...signed(thoughtSignature(part, losses)) }
    case "tool-call":
      return {
        functionCall: { id: part.id, name: part.name, ...writeArguments(part.arguments, losses) },
        ...signed(part.signature),
      }
    case "made":
      return writeMade(part, losses)
    case "opaque":
      return writeOpaque(part, losses)
  }
}

const signed = (signature: string | undefined): JsonObject =>
  signature === undefined ? {} : { thoughtSignature: signature }

/** What of thoughts has to come back unchanged. Another format's is given to the caller to keep. */
export function thoughtSignature(
  { signature, redacted, format }: Pick<ReasoningPart, "signature" | "redacted" | "format">,
  losses: Losses,
): string | undefined {
  const value = signature ?? redacted
  if (value === undefined) return undefined
  if (format === FORMAT) return value
  if (format === undefined) {
    losses.drop("signature", "it is not told who signed")
    return undefined
  }
  return carrySignature({ format, means: signature === undefined ? "redacted" : "signature", value })
}
