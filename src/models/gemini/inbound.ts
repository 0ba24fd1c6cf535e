import type { Inbound } from "../codec.ts"
import { writeError } from "./errors.ts"
import { FORMAT } from "./format.ts"
import { readRequest } from "./read-request.ts"
import { GeminiWriter } from "./stream-writer.ts"
import { writeAnswer } from "./write-answer.ts"

export const geminiInbound: Inbound = {
  dialect: FORMAT,
  readRequest,
  writeAnswer,
  writer: (_request, losses, asked) => new GeminiWriter(losses, asked?.framing ?? "sse"),
  writeError,
}
