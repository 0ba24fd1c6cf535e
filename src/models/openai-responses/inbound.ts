import type { Inbound } from "../codec.ts"
import { writeErrorObject } from "./errors.ts"
import { FORMAT } from "./format.ts"
import { readRequest } from "./read-request.ts"
import { ResponsesWriter } from "./stream-writer.ts"
import { writeAnswer } from "./write-answer.ts"

export const responsesInbound: Inbound = {
  dialect: FORMAT,
  readRequest,
  writeAnswer,
  writer: (request, losses) => new ResponsesWriter(request, losses),
  writeError: (error) => ({ error: writeErrorObject(error) }),
}
