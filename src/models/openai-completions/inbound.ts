import type { Inbound } from "../codec.ts"
import { writeError } from "../openai-chat/error-body.ts"
import { readRequest } from "./read-request.ts"
import { CompletionsStreamWriter } from "./stream-writer.ts"
import { writeAnswer } from "./write-answer.ts"

/** `POST /v1/completions` (platform.openai.com/docs/api-reference/completions), asked of chat models. */
export const completionsInbound: Inbound = {
  dialect: "openai-completions",
  readRequest,
  writeAnswer,
  writer: (request, losses) => new CompletionsStreamWriter(request, losses),
  writeError,
}
