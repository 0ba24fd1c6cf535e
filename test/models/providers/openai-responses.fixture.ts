import { openaiError, openaiHeaders, openaiUnparsed, openaiWording } from "./openai-error.fixture.ts"
import { openaiMore } from "./openai-more.fixture.ts"
import { responseEvents, wholeResponse } from "./openai-responses.answer.fixture.ts"
import { responsesAsked } from "./openai-responses.request.fixture.ts"
import { responsesRequest } from "./openai-responses.schema.fixture.ts"
import { sse } from "./pieces.fixture.ts"
import type { Heard, Reply } from "./server.fixture.ts"
import { bodyOf, json, providerKey, Refused, stream, type Turn, type Wire } from "./wire.fixture.ts"

/**
 * OpenAI responses: `/v1/responses`. The format has no stop sequences and no number of choices. Keeps no conversation:
 * `previous_response_id` is refused as unknown.
 */
export const openaiResponses: Wire = {
  answer: (heard, turn) => {
    if (heard.headers.get("authorization") !== `Bearer ${providerKey}`) {
      throw new Refused({
        status: 401,
        message:
          "Incorrect API key provided: ****. You can find your API key at https://platform.openai.com/account/api-keys.",
      })
    }
    if (heard.path !== "/v1/responses" || heard.method !== "POST") return openaiMore(heard, turn)
    return responsesReply(heard, turn)
  },
  refuse: (problem, { serial }) => openaiError(problem, serial),
  midstream: sse(
    {
      type: "error",
      code: "server_error",
      message: "The server had an error while processing your request.",
      param: null,
      sequence_number: 99,
    },
    "error",
  ),
}

/** The reply to a request for a response, wherever it is asked. */
export function responsesReply(heard: Heard, turn: Turn): Reply {
  const request = bodyOf(heard, responsesRequest, openaiWording, openaiUnparsed)
  if (request.previous_response_id != null) {
    const message = `Previous response with id '${request.previous_response_id}' not found.`
    throw new Refused({ status: 400, message, param: "previous_response_id", code: "previous_response_not_found" })
  }
  const asked = responsesAsked(request)
  const answer = turn.decide(asked)
  const headers = openaiHeaders(turn.serial)
  if (!asked.isStreamed) return json(200, headers, wholeResponse(request, asked, answer, turn.serial))
  return stream("text/event-stream; charset=utf-8", headers, responseEvents(request, asked, answer, turn.serial))
}
