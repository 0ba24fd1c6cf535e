import type { Outbound } from "../codec.ts"
import type { WireFormat } from "../wire-format.ts"
import { readAnswer } from "./read-answer.ts"
import { readError } from "./read-error.ts"
import { ChatStreamReader } from "./stream-reader.ts"
import { ChatTap } from "./tap.ts"
import { writeRequest } from "./write-request.ts"

const outbound = (format: WireFormat): Outbound => ({
  format,
  writeRequest,
  readAnswer: (body) => readAnswer(body, format),
  reader: () => new ChatStreamReader(format),
  readError,
  tap: () => new ChatTap(),
})

/** OpenAI's chat completions, and all who speak them. */
export const chatOutbound: Outbound = outbound("openai-chat")

/** The same bodies at Azure's addresses (learn.microsoft.com, Azure OpenAI REST API reference). */
export const azureOutbound: Outbound = outbound("azure-openai")
