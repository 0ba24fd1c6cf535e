import type { Outbound } from "../codec.ts"
import { readError } from "./errors.ts"
import { FORMAT } from "./format.ts"
import { readAnswer } from "./read-answer.ts"
import { ResponsesReader } from "./stream-reader.ts"
import { ResponsesTap } from "./stream-tap.ts"
import { writeRequest } from "./write-request.ts"

export const responsesOutbound: Outbound = {
  format: FORMAT,
  writeRequest,
  readAnswer,
  reader: () => new ResponsesReader(),
  readError,
  tap: () => new ResponsesTap(),
}
