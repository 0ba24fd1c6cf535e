import { type ChatDialect, chatChunks, chatCompletion } from "./openai-chat.answer.fixture.ts"
import { chatAsked } from "./openai-chat.request.fixture.ts"
import { chatRequest } from "./openai-chat.schema.fixture.ts"
import { openaiError, openaiHeaders, openaiUnparsed, openaiWording } from "./openai-error.fixture.ts"
import { openaiMore } from "./openai-more.fixture.ts"
import { sse } from "./pieces.fixture.ts"
import type { Heard, Reply } from "./server.fixture.ts"
import { bodyOf, json, providerKey, Refused, stream, type Turn, type Wire } from "./wire.fixture.ts"

/**
 * OpenAI, and the many who speak its chat completions: `/v1/chat/completions`; embeddings, images, audio, moderations,
 * models and rerank beside it. Reasoning asked for is answered as `reasoning_content`, as DeepSeek and most others of
 * this format do; OpenAI itself tells the count alone.
 */
export const openaiChat: Wire = {
  answer: (heard, turn) => {
    if (heard.headers.get("authorization") !== `Bearer ${providerKey}`) {
      throw new Refused({
        status: 401,
        message:
          "Incorrect API key provided: ****. You can find your API key at https://platform.openai.com/account/api-keys.",
      })
    }
    if (heard.path !== "/v1/chat/completions") return openaiMore(heard, turn)
    if (heard.method !== "POST")
      throw new Refused({ status: 405, message: `Not allowed to ${heard.method} on ${heard.path}.` })
    return chatReply(heard, turn, openaiDialect)
  },
  refuse: (problem, { serial }) => openaiError(problem, serial),
  midstream: sse({
    error: {
      message: "The server had an error while processing your request.",
      type: "server_error",
      param: null,
      code: null,
    },
  }),
}

const openaiDialect: ChatDialect = { hasReasoningText: true, refusal: "text", head: {}, choice: {}, before: [] }

/** The reply to a chat completion; `model`: the one the path names, where the body need not. */
export function chatReply(heard: Heard, turn: Turn, dialect: ChatDialect, model?: string): Reply {
  const schema = model === undefined ? chatRequest : chatRequest.extend({ model: chatRequest.shape.model.default("") })
  const request = bodyOf(heard, schema, openaiWording, openaiUnparsed)
  const asked = chatAsked({ ...request, model: model ?? request.model })
  const answer = turn.decide(asked)
  const headers = openaiHeaders(turn.serial)
  if (!asked.isStreamed) return json(200, headers, chatCompletion(asked, answer, turn.serial, dialect))
  const hasUsage = request.stream_options?.include_usage ?? false
  return stream("text/event-stream; charset=utf-8", headers, chatChunks(asked, answer, turn.serial, hasUsage, dialect))
}
