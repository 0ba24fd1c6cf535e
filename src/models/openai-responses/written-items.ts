import type { PartStart } from "../form/events.ts"
import type { Losses } from "../form/losses.ts"
import { carrySignature } from "../gemini/carried-signature.ts"
import type { JsonObject } from "../json.ts"
import { FORMAT } from "./format.ts"

type Begun<K extends PartStart["kind"]> = Extract<PartStart, { readonly kind: K }>
type ItemStatus = "in_progress" | "completed" | "incomplete"

export const messageItem = (id: string, content: readonly JsonObject[], status: ItemStatus): JsonObject => ({
  id,
  type: "message",
  status,
  role: "assistant",
  content,
})

export const callItem = (id: string, begins: Begun<"tool-call">, text: string, status: ItemStatus): JsonObject => ({
  id,
  type: "function_call",
  status,
  arguments: text,
  call_id: begins.id,
  name: begins.name,
})

export function reasoningItem(id: string, text: string, encrypted: string | undefined): JsonObject {
  return {
    id,
    type: "reasoning",
    summary: text === "" ? [] : [{ type: "summary_text", text }],
    ...(encrypted === undefined ? {} : { encrypted_content: encrypted }),
  }
}

export const imageItem = (id: string, result: string, type: string): JsonObject => ({
  id,
  type: "image_generation_call",
  status: "completed",
  result,
  output_format: type.slice("image/".length),
})

/** What of thoughts has to come back unchanged. Another format's is given to the caller to keep. */
export function encryptedContent(
  { format, redacted }: Begun<"reasoning">,
  signature: string | undefined,
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
