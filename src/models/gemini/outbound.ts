import type { Outbound } from "../codec.ts"
import { readError } from "./errors.ts"
import { FORMAT } from "./format.ts"
import { readAnswer } from "./read-answer.ts"
import { GeminiReader } from "./stream-reader.ts"
import { GeminiTap } from "./stream-tap.ts"
import { writeRequest } from "./write-request.ts"

export const geminiOutbound: Outbound = {
  format: FORMAT,
  writeRequest,
  readAnswer,
  reader: () => new GeminiReader(),
  readError,
  tap: () => new GeminiTap(),
}
