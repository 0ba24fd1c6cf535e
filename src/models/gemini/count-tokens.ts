import type { Asked } from "../codec.ts"
import { FormFault } from "../form/fault.ts"
import type { Losses } from "../form/losses.ts"
import { Place } from "../form/place.ts"
import type { ChatRequest } from "../form/request.ts"
import { type JsonObject, numberOf } from "../json.ts"
import type { Quirks } from "../quirks.ts"
import { member } from "./member.ts"
import { readRequest } from "./read-request.ts"
import { writeRequest } from "./write-request.ts"

/** `countTokens`: contents by themselves, or a whole request in `generateContentRequest`. https://ai.google.dev/api/tokens */
export function readCountRequest(body: JsonObject, asked: Asked): ChatRequest {
  const whole = member(new Place(body), "generateContentRequest")
  return readRequest(whole.isAbsent ? body : whole.object(), asked)
}

/** The Gemini API counts a whole request only inside another, with its model; Vertex AI takes its members as they are. */
export function writeCountRequest(
  request: ChatRequest,
  quirks: Quirks,
  losses: Losses,
  api: "gemini" | "vertex",
): JsonObject {
  const body = writeRequest(request, quirks, losses)
  return api === "vertex" ? body : { generateContentRequest: { model: `models/${request.model}`, ...body } }
}

/** @throws FormFault when it tells no number. */
export function readCount(body: JsonObject): number {
  const count = numberOf(body.totalTokens)
  if (count === undefined) throw new FormFault("totalTokens", "a number")
  return count
}

export const writeCount = (tokens: number): JsonObject => ({ totalTokens: tokens })
