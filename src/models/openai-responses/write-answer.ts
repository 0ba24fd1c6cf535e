import type { ChatAnswer } from "../form/answer.ts"
import type { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import { unfold } from "../form/unfold.ts"
import type { JsonObject } from "../json.ts"
import { ResponsesWriter } from "./stream-writer.ts"

/** The response that a stream of the same answer ends with. */
export function writeAnswer(answer: ChatAnswer, request: ChatRequest, losses: Losses): JsonObject {
  const writer = new ResponsesWriter(request, losses)
  for (const event of unfold(answer)) writer.write(event)
  return writer.response ?? {}
}
