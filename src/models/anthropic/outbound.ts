import type { Outbound } from "../codec.ts"
import { readError } from "./errors.ts"
import { readAnswer } from "./read-answer.ts"
import { AnthropicReader } from "./stream-reader.ts"
import { AnthropicTap } from "./stream-tap.ts"
import { writeRequest } from "./write-request.ts"

/** The Messages API as its providers serve it, after the types of `@anthropic-ai/sdk` 1.12. */
export const anthropicOutbound: Outbound = {
  format: "anthropic",
  writeRequest,
  readAnswer,
  reader: () => new AnthropicReader(),
  readError,
  tap: () => new AnthropicTap(),
}
