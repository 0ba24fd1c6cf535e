import type { Inbound } from "../codec.ts"
import { writeError } from "./error-body.ts"
import { readRequest } from "./read-request.ts"
import { ChatStreamWriter } from "./stream-writer.ts"
import { writeAnswer } from "./write-answer.ts"

/** `POST /v1/chat/completions` (platform.openai.com/docs/api-reference/chat). */
export const chatInbound: Inbound = {
  dialect: "openai-chat",
  readRequest,
  writeAnswer,
  writer: (request, losses) => new ChatStreamWriter(request, losses),
  writeError,
}
