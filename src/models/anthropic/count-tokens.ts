import { FormFault } from "../form/fault.ts"
import { type JsonObject, numberOf } from "../json.ts"

/** `MessageTokensCount` of the SDK: the answer to `POST /v1/messages/count_tokens`. */
export const writeTokenCount = (tokens: number): JsonObject => ({ input_tokens: tokens })

/** @throws FormFault */
export function readTokenCount(body: JsonObject): number {
  const tokens = numberOf(body.input_tokens)
  if (tokens === undefined) throw new FormFault("input_tokens", "a number")
  return tokens
}
