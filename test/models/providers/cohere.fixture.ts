import { chatEvents, wholeChat } from "./cohere.answer.fixture.ts"
import { chatAsked, chatRequest, embedRequest, rerankRequest } from "./cohere.request.fixture.ts"
import { embedding } from "./embedding.fixture.ts"
import { sse } from "./pieces.fixture.ts"
import { ranked } from "./rerank.fixture.ts"
import type { Heard, Reply } from "./server.fixture.ts"
import { bodyOf, json, providerKey, Refused, stream, type Turn, type Wire, type Wording } from "./wire.fixture.ts"

/**
 * Cohere v2: `/v2/chat`, `/v2/embed`, `/v2/rerank`, `/v1/models`. The format has no refusal: its text is said. Nor has
 * reasoning a signature. Source: Cohere API v2 reference, "Errors".
 */
export const cohere: Wire = {
  answer: (heard, turn) => {
    const authorization = heard.headers.get("authorization")
    if (authorization === undefined) throw new Refused({ status: 401, message: "no api key supplied" })
    if (authorization !== `Bearer ${providerKey}`) throw new Refused({ status: 401, message: "invalid api token" })
    return endpoint(heard, turn)
  },
  refuse: ({ status, message, headers }, { serial }) =>
    json(status, { ...headersOf(serial), ...headers }, { id: idOf(serial), message }),
  midstream: sse(
    { type: "message-end", delta: { error: "internal server error", finish_reason: "ERROR", usage: {} } },
    "message-end",
  ),
}

function endpoint(heard: Heard, turn: Turn): Reply {
  const headers = headersOf(turn.serial)
  const id = idOf(turn.serial)
  switch (`${heard.method} ${heard.path}`) {
    case "POST /v2/chat": {
      const asked = chatAsked(bodyOf(heard, chatRequest, wording, unparsed))
      const answer = turn.decide(asked)
      if (!asked.isStreamed) return json(200, headers, wholeChat(asked, answer, id))
      return stream("text/event-stream", headers, chatEvents(asked, answer, id))
    }
    case "POST /v2/embed": {
      const request = bodyOf(heard, embedRequest, wording, unparsed)
      turn.meet(request.model)
      const texts = request.texts ?? []
      const float = texts.map((it) => embedding(it, request.output_dimension))
      const meta = { api_version: { version: "2" }, billed_units: { input_tokens: 4 } }
      return json(200, headers, { id, texts, embeddings: { float }, meta, response_type: "embeddings_by_type" })
    }
    case "POST /v2/rerank": {
      const request = bodyOf(heard, rerankRequest, wording, unparsed)
      turn.meet(request.model)
      const results = ranked(request.query, request.documents, request.top_n, false)
      const meta = { api_version: { version: "2" }, billed_units: { search_units: 1 } }
      return json(200, headers, { id, results, meta })
    }
    case "GET /v1/models":
      return json(200, headers, {
        models: [{ name: "command-scripted", endpoints: ["chat"], context_length: 256_000 }],
      })
    default:
      throw new Refused({ status: 404, message: "404 page not found" })
  }
}

const idOf = (serial: number): string => `00000000-0000-4000-8000-${String(serial).padStart(12, "0")}`

const headersOf = (serial: number): Readonly<Record<string, string>> => ({
  "x-debug-trace-id": String(serial).padStart(32, "0"),
  "x-endpoint-monthly-call-limit": "1000",
  "x-trial-endpoint-call-limit": "40",
  "x-trial-endpoint-call-remaining": "39",
})

const wording: Wording = (place, issue, unknown) => {
  if (unknown.length > 0) return `invalid request: unknown field '${[...place, unknown[0]].join(".")}'`
  return `invalid request: ${place.join(".")}: ${issue}`
}

const unparsed = "invalid json syntax: %s"
