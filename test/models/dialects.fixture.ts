import type { Dialect } from "../../src/models/codec.ts"
import type { ModelGateway } from "./gateway.fixture.ts"

/** A dialect as it stands on the wire, for what SDKs do not show. */
interface Raw {
  path(model: string, isStreamed: boolean): string
  body(model: string, text: string, isStreamed: boolean): object
  /** The code in the dialect's own error object; undefined where it is none. */
  codeOf(error: unknown): unknown
}

const openaiCode = (it: unknown): unknown => memberOf(it, "error", "code")

export const raw: { readonly [D in Dialect]: Raw } = {
  "openai-chat": {
    path: () => "/v1/chat/completions",
    body: (model, content, stream) => ({ model, stream, messages: [{ role: "user", content }] }),
    codeOf: openaiCode,
  },
  "openai-completions": {
    path: () => "/v1/completions",
    body: (model, prompt, stream) => ({ model, stream, prompt }),
    codeOf: openaiCode,
  },
  "openai-responses": {
    path: () => "/v1/responses",
    body: (model, input, stream) => ({ model, stream, input }),
    codeOf: (it) => openaiCode(it) ?? memberOf(it, "code"),
  },
  anthropic: {
    path: () => "/v1/messages",
    body: (model, content, stream) => ({ model, stream, max_tokens: 99, messages: [{ role: "user", content }] }),
    codeOf: (it) => (memberOf(it, "type") === "error" ? memberOf(it, "error", "code") : undefined),
  },
  gemini: {
    path: (model, isStreamed) =>
      `/v1beta/models/${model}:${isStreamed ? "streamGenerateContent?alt=sse" : "generateContent"}`,
    body: (_, text) => ({ contents: [{ role: "user", parts: [{ text }] }] }),
    codeOf: (it) => memberOf(it, "error", "details", 0, "reason"),
  },
}

/** Asks as a caller without an SDK. */
export function askRaw(
  { url }: Pick<ModelGateway, "url">,
  dialect: Dialect,
  model: string,
  {
    key,
    text = "say something long that breaks off",
    isStreamed = false,
    signal,
    more = {},
  }: {
    readonly key: string
    readonly text?: string
    readonly isStreamed?: boolean
    readonly signal?: AbortSignal
    /** Further members of the body. */
    readonly more?: object
  },
): Promise<Response> {
  const { path, body } = raw[dialect]
  return fetch(url + path(model, isStreamed), {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ ...body(model, text, isStreamed), ...more }),
    ...(signal && { signal }),
  })
}

/** The data of server-sent events, each with its event's name. */
export const eventsOf = (text: string): readonly { readonly event: string; readonly data: unknown }[] =>
  text
    .split(/\r?\n\r?\n/)
    .filter((it) => /^data: ?\{/m.test(it))
    .map((it) => ({
      event: /^event: ?(.*)$/m.exec(it)?.[1] ?? "",
      data: JSON.parse(/^data: ?(.*)$/m.exec(it)?.[1] ?? "null"),
    }))

/** What stands at a place in JSON; undefined where nothing does. */
export const memberOf = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((it, name) => (typeof it === "object" && it !== null ? Reflect.get(it, name) : undefined), value)

/** The text of a stream, in whichever dialect it is. */
export const textIn = (stream: string): string =>
  eventsOf(stream)
    .map(({ data }) => {
      const places = [
        memberOf(data, "choices", 0, "delta", "content"),
        memberOf(data, "choices", 0, "text"),
        memberOf(data, "type") === "response.output_text.delta" ? memberOf(data, "delta") : undefined,
        memberOf(data, "delta", "text"),
        memberOf(data, "candidates", 0, "content", "parts", 0, "text"),
      ]
      return places.find((it) => typeof it === "string") ?? ""
    })
    .join("")
