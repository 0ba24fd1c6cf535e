import type { Asked } from "../codec.ts"
import { Place } from "../form/place.ts"
import type { ChatRequest } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import { member } from "./member.ts"
import { readRequest } from "./read-request.ts"

/** `countTokens`: contents by themselves, or a whole request in `generateContentRequest`. https://ai.google.dev/api/tokens */
export function readCountRequest(body: JsonObject, asked: Asked): ChatRequest {
  const whole = member(new Place(body), "generateContentRequest")
  return readRequest(whole.isAbsent ? body : whole.object(), asked)
}

export const writeCount = (tokens: number): JsonObject => ({ totalTokens: tokens })
