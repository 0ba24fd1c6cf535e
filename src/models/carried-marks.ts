import { SEALED } from "./anthropic/sealed-signature.ts"
import { CARRIED } from "./gemini/carried-signature.ts"
import { MADE_IMAGE_ID, MADE_REASONING_ID } from "./openai-responses/format.ts"

const MARKS: readonly Buffer[] = [SEALED, CARRIED, `"${MADE_REASONING_ID}`, `"${MADE_IMAGE_ID}`].map((it) =>
  Buffer.from(it),
)

/**
 * Whether a request brings back what was carried for another format: signatures of another provider, ids that were made up.
 * Such a request is never passed on byte for byte, as its provider has made nothing of the kind and refuses it.
 */
export function holdsCarried(bytes: Buffer): boolean {
  for (const mark of MARKS) if (bytes.includes(mark)) return true
  return false
}
