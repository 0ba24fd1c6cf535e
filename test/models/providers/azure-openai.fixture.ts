import type { ChatDialect } from "./openai-chat.answer.fixture.ts"
import { chatReply, openaiChat } from "./openai-chat.fixture.ts"
import { openaiHeaders } from "./openai-error.fixture.ts"
import { openaiMore } from "./openai-more.fixture.ts"
import { responsesReply } from "./openai-responses.fixture.ts"
import type { Heard, Reply } from "./server.fixture.ts"
import { json, providerKey, Refused, type Turn, type Wire } from "./wire.fixture.ts"

/**
 * Azure OpenAI: `/openai/deployments/{deployment}/...?api-version=2024-10-21` and `/openai/v1/...`, the key in `api-key`
 * or a bearer token. Answers carry content filter results, a stream begins with the prompt's; a refused text ends with
 * `content_filter`. Source: Azure OpenAI REST API reference, "Content filtering".
 */
export const azure: Wire = {
  answer: (heard, turn) => {
    const { headers, path, query } = heard
    if ((headers.get("api-key") ?? headers.get("authorization")?.replace("Bearer ", "")) !== providerKey) {
      throw new Refused({ status: 401, message: denied })
    }
    const [, deployment, rest] = /^\/openai\/deployments\/([^/]+)\/(.+)$/.exec(path) ?? []
    if (deployment === undefined && !path.startsWith("/openai/v1/"))
      throw new Refused({ status: 404, message: "Resource not found", code: "404" })
    const version = query.get("api-version")
    if (deployment !== undefined && !/^\d{4}-\d{2}-\d{2}(-preview)?$/.test(version ?? "")) {
      throw new Refused({ status: 404, message: "Resource not found", code: "404" })
    }
    const model = deployment === undefined ? undefined : decodeURIComponent(deployment)
    const operation = rest ?? path.slice("/openai/v1/".length)
    if (operation === "responses") return responsesReply(heard, turn)
    if (operation !== "chat/completions") return openaiMore(heard, turn, `/v1/${operation}`, model)
    return filtered(heard, turn, model)
  },
  refuse: ({ status, message, code, param, headers }, { serial }) => {
    const known = code ?? codes[status]
    const error =
      status === 400
        ? { message, type: "invalid_request_error", param: param ?? null, code: known ?? null }
        : { code: known ?? String(status), message }
    return json(status, { ...headersOf(serial), ...headers }, { error })
  },
  ...(openaiChat.midstream && { midstream: openaiChat.midstream }),
}

function filtered(heard: Heard, turn: Turn, model: string | undefined): Reply {
  const reply = chatReply(heard, turn, azureDialect, model)
  return reply.kind === "silence" ? reply : { ...reply, headers: { ...reply.headers, ...headersOf(turn.serial) } }
}

const clean = Object.fromEntries(
  ["hate", "self_harm", "sexual", "violence"].map((it) => [it, { filtered: false, severity: "safe" }]),
)
const promptResults = [{ prompt_index: 0, content_filter_results: clean }]

const azureDialect: ChatDialect = {
  hasReasoningText: false,
  refusal: "filter",
  head: { prompt_filter_results: promptResults },
  choice: { content_filter_results: clean },
  before: [{ choices: [], created: 0, id: "", model: "", object: "", prompt_filter_results: promptResults }],
}

const headersOf = (serial: number): Readonly<Record<string, string>> => ({
  "apim-request-id": `00000000-0000-0000-0000-${String(serial).padStart(12, "0")}`,
  "x-ms-region": "Sweden Central",
  "x-request-id": openaiHeaders(serial)["x-request-id"] ?? "",
  "x-ratelimit-remaining-requests": "99",
  "x-ratelimit-remaining-tokens": "99000",
})

const denied =
  "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource."

const codes: Readonly<Record<number, string>> = {
  401: "401",
  404: "DeploymentNotFound",
  429: "429",
  500: "InternalServerError",
}
