import type { Outbound } from "../codec.ts"
import { readError } from "../openai-chat/read-error.ts"
import { readAnswer } from "./read-answer.ts"
import { OllamaStreamReader } from "./stream-reader.ts"
import { OllamaTap } from "./tap.ts"
import { writeRequest } from "./write-request.ts"

/** Ollama's own chat, `POST /api/chat` (docs.ollama.com/api/chat). */
export const ollamaOutbound: Outbound = {
  format: "ollama",
  writeRequest,
  readAnswer,
  reader: () => new OllamaStreamReader(),
  readError,
  tap: () => new OllamaTap(),
}
