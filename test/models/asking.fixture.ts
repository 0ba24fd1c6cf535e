import { z } from "zod"
import type { TestGateway } from "../gateway.fixture.ts"
import { CALLER_KEY } from "./gateway.fixture.ts"

/** How the tests ask: three dialects, whole and streamed. */
export const spoken = ["openai", "anthropic", "gemini"] as const
export type Spoken = (typeof spoken)[number]

export interface Question {
  readonly dialect?: Spoken
  readonly model: string
  readonly text: string
  readonly system?: string
  readonly isStreamed?: boolean
  readonly headers?: Readonly<Record<string, string>>
  readonly key?: string
  readonly maxTokens?: number
  /** Further members of the body. */
  readonly more?: Readonly<Record<string, unknown>>
  readonly signal?: AbortSignal
}

export interface Told {
  readonly status: number
  readonly headers: Headers
  /** The cause of a refusal before an answer began; empty for none. */
  readonly cause: string
  /** The whole body as it came. */
  readonly raw: string
  /** The text of the answer, as far as it came. */
  readonly said: string
}

/** Asks in a dialect as its SDK would. */
export function send(gateway: TestGateway, question: Question): Promise<Response> {
  const { dialect = "openai", key = CALLER_KEY, headers = {}, signal } = question
  const [path, body] = requestOf(dialect, question)
  const own: Record<string, string> =
    dialect === "anthropic"
      ? { "x-api-key": key, "anthropic-version": "2023-06-01" }
      : dialect === "gemini"
        ? { "x-goog-api-key": key }
        : { authorization: `Bearer ${key}` }
  return fetch(gateway.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...own, ...headers },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  })
}

/** Asks, and takes the whole answer. */
export async function ask(gateway: TestGateway, question: Question): Promise<Told> {
  const answer = await send(gateway, question)
  const raw = await answer.text()
  return {
    status: answer.status,
    headers: answer.headers,
    cause: answer.headers.get("pinpoint-cause") ?? "",
    raw,
    said: saidIn(raw),
  }
}

function requestOf(
  dialect: Spoken,
  { model, text, system, isStreamed = false, maxTokens = 500, more = {} }: Question,
): readonly [path: string, body: unknown] {
  switch (dialect) {
    case "openai": {
      const before = system === undefined ? [] : [{ role: "system", content: system }]
      const messages = [...before, { role: "user", content: text }]
      const streamed = isStreamed ? { stream: true, stream_options: { include_usage: true } } : {}
      return ["/v1/chat/completions", { model, messages, max_tokens: maxTokens, ...streamed, ...more }]
    }
    case "anthropic":
      return [
        "/v1/messages",
        {
          model,
          max_tokens: maxTokens,
          messages: [{ role: "user", content: text }],
          ...(system && { system }),
          ...(isStreamed && { stream: true }),
          ...more,
        },
      ]
    case "gemini": {
      const how = isStreamed ? "streamGenerateContent?alt=sse" : "generateContent"
      return [
        `/v1beta/models/${model}:${how}`,
        {
          contents: [{ role: "user", parts: [{ text }] }],
          generationConfig: { maxOutputTokens: maxTokens },
          ...(system && { systemInstruction: { parts: [{ text: system }] } }),
          ...more,
        },
      ]
    }
  }
}

const textPart = z.looseObject({ text: z.string().optional() })
const piece = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        message: z.looseObject({ content: z.string().nullish() }).optional(),
        delta: z.looseObject({ content: z.string().nullish() }).optional(),
      }),
    )
    .optional(),
  content: z.array(textPart).optional(),
  delta: textPart.optional(),
  candidates: z
    .array(z.looseObject({ content: z.looseObject({ parts: z.array(textPart).optional() }).optional() }))
    .optional(),
})

function saidIn(raw: string): string {
  const texts = raw.startsWith("{")
    ? [raw]
    : raw.split("\n").flatMap((it) => (it.startsWith("data: {") ? [it.slice("data: ".length)] : []))
  return texts.map((it) => wordsOf(piece.parse(JSON.parse(it)))).join("")
}

function wordsOf({ choices = [], content = [], delta, candidates = [] }: z.output<typeof piece>): string {
  const parts = [
    ...choices.map((it) => it.message?.content ?? it.delta?.content),
    ...content.map(({ text }) => text),
    delta?.text,
    ...candidates.flatMap((it) => it.content?.parts?.map(({ text }) => text) ?? []),
  ]
  return parts.join("")
}
