import type { Outbound } from "../codec.ts"
import { readError } from "./errors.ts"
import { readAnswer } from "./read-answer.ts"
import { BedrockReader } from "./stream-reader.ts"
import { BedrockTap } from "./stream-tap.ts"
import { writeRequest } from "./write-request.ts"

/** Amazon Bedrock's Converse and ConverseStream, after the types of `@aws-sdk/client-bedrock-runtime`. */
export const bedrockOutbound: Outbound = {
  format: "bedrock",
  writeRequest,
  readAnswer,
  reader: () => new BedrockReader(),
  readError,
  tap: () => new BedrockTap(),
}
