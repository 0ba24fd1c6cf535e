import type { Outbound } from "../codec.ts"
import { readError } from "../openai-chat/read-error.ts"
import { readAnswer } from "./read-answer.ts"
import { CohereStreamReader } from "./stream-reader.ts"
import { CohereTap } from "./tap.ts"
import { writeRequest } from "./write-request.ts"

/** Cohere's chat, `POST /v2/chat` (docs.cohere.com/reference/chat). */
export const cohereOutbound: Outbound = {
  format: "cohere",
  writeRequest,
  readAnswer,
  reader: () => new CohereStreamReader(),
  readError,
  tap: () => new CohereTap(),
}
