import type { Inbound } from "../codec.ts"
import { writeError } from "./errors.ts"
import { readRequest } from "./read-request.ts"
import { AnthropicWriter } from "./stream-writer.ts"
import { writeAnswer } from "./write-answer.ts"

/** The Messages API as its callers see it, after the types of `@anthropic-ai/sdk` 1.12. */
export const anthropicInbound: Inbound = {
  dialect: "anthropic",
  readRequest: (body) => readRequest(body),
  writeAnswer: (answer, _, losses) => writeAnswer(answer, losses),
  writer: (_, losses) => new AnthropicWriter(losses),
  writeError,
}
