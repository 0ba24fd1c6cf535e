import { messageEvents, wholeMessage } from "./anthropic.answer.fixture.ts"
import { messagesAsked } from "./anthropic.request.fixture.ts"
import { countRequest, messagesRequest } from "./anthropic.schema.fixture.ts"
import { sse } from "./pieces.fixture.ts"
import { usageOf } from "./script.fixture.ts"
import { bodyOf, json, type Problem, providerKey, Refused, stream, type Wire, type Wording } from "./wire.fixture.ts"

/** Anthropic: `/v1/messages`, `/v1/messages/count_tokens`, `/v1/models`. Source: Anthropic API reference, "Errors". */
export const anthropic: Wire = {
  answer: (heard, turn) => {
    const { headers, path, method } = heard
    const isKnown = headers.get("x-api-key") === providerKey || headers.get("authorization") === `Bearer ${providerKey}`
    if (!isKnown) throw new Refused({ status: 401, message: "invalid x-api-key" })
    if (!headers.has("anthropic-version")) {
      throw new Refused({ status: 400, message: "anthropic-version: header is required" })
    }
    if (path === "/v1/models" && method === "GET") return json(200, headersOf(turn.serial), models)
    if (method !== "POST") throw new Refused({ status: 405, message: "Method Not Allowed" })
    if (path === "/v1/messages/count_tokens") {
      const request = bodyOf(heard, countRequest, wording, unparsed)
      turn.meet(request.model)
      return json(200, headersOf(turn.serial), { input_tokens: usageOf(messagesAsked(request), [], false).input })
    }
    if (path !== "/v1/messages") throw new Refused({ status: 404, message: "Not found" })
    const asked = messagesAsked(bodyOf(heard, messagesRequest, wording, unparsed))
    const answer = turn.decide(asked)
    if (!asked.isStreamed) return json(200, headersOf(turn.serial), wholeMessage(asked, answer, turn.serial))
    const frames = messageEvents(asked, answer, turn.serial)
    return stream("text/event-stream; charset=utf-8", headersOf(turn.serial), frames)
  },
  refuse: (problem, { serial }) => {
    const headers = { ...headersOf(serial), ...problem.headers }
    return json(problem.status, headers, { ...errorOf(problem), request_id: requestId(serial) })
  },
  midstream: sse({ type: "error", error: { type: "overloaded_error", message: "Overloaded" } }, "error"),
}

const requestId = (serial: number): string => `req_${String(serial).padStart(24, "0")}`

const headersOf = (serial: number): Readonly<Record<string, string>> => ({
  "request-id": requestId(serial),
  "anthropic-organization-id": "00000000-0000-0000-0000-000000000000",
  "anthropic-ratelimit-requests-limit": "4000",
  "anthropic-ratelimit-requests-remaining": "3999",
  "anthropic-ratelimit-requests-reset": "2026-01-01T00:00:01Z",
  "anthropic-ratelimit-tokens-limit": "400000",
  "anthropic-ratelimit-tokens-remaining": "399000",
  "anthropic-ratelimit-tokens-reset": "2026-01-01T00:00:01Z",
})

const errorOf = ({ status, message, type }: Problem) => ({
  type: "error",
  error: { type: type ?? kinds[status] ?? "api_error", message },
})

const kinds: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  405: "invalid_request_error",
  408: "timeout_error",
  413: "request_too_large",
  429: "rate_limit_error",
  500: "api_error",
  504: "timeout_error",
  529: "overloaded_error",
}

const wording: Wording = (place, issue, unknown) => {
  if (unknown.length > 0) return `${[...place, unknown[0]].join(".")}: Extra inputs are not permitted`
  return `${place.join(".")}: ${issue.includes("received undefined") ? "Field required" : issue}`
}

const unparsed = "The request body is not valid JSON: %s"

const models = {
  data: [{ type: "model", id: "claude-scripted", display_name: "Claude Scripted", created_at: "2026-01-01T00:00:00Z" }],
  has_more: false,
  first_id: "claude-scripted",
  last_id: "claude-scripted",
}
