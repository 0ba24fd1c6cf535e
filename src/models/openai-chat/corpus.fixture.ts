import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { Outbound } from "../codec.ts"
import type { ChatAnswer, Choice, ProviderError } from "../form/answer.ts"
import type { AnswerPart, Citation } from "../form/content.ts"
import { isObject, type Json, type JsonObject, listOf, objectOf, parseJson, parseObject } from "../json.ts"
import type { WireFormat } from "../wire-format.ts"
import { replaySplit } from "./replay.fixture.ts"

const ROOT = join(import.meta.dir, "../../../test/models/corpus")

/** A document of the corpus with what it means, in the words of its README. */
export interface Sample {
  readonly name: string
  readonly text: string
  readonly expected: JsonObject
}

export function samplesOf(format: WireFormat): readonly Sample[] {
  const folder = join(ROOT, format)
  const files = readdirSync(folder)
  return files
    .filter((it) => it.endsWith(".expected.json"))
    .map((it) => {
      const name = it.slice(0, -".expected.json".length)
      const document = files.find((other) => other !== it && other.slice(0, other.lastIndexOf(".")) === name)
      return {
        name,
        text: readFileSync(join(folder, document ?? it), "utf8"),
        expected: parseObject(readFileSync(join(folder, it), "utf8")) ?? {},
      }
    })
}

/** What a codec makes of a document, in the words of the corpus; streams in all splits. */
export function meaningOf(outbound: Outbound, { text, expected }: Sample): JsonObject {
  if (expected.streamed === true) {
    const folded = replaySplit(outbound, text)
    return { ...answerOf(folded.answer), ...(folded.kind === "error" ? { error: errorOf(folded.error) } : {}) }
  }
  const body = parseObject(text)
  const error = objectOf(expected.error)
  if (error !== undefined) return { error: errorOf(outbound.readError(Number(error.status), body)) }
  return answerOf(outbound.readAnswer(body ?? {}))
}

const errorOf = ({ status, message, type, code }: ProviderError): JsonObject => ({
  status,
  message,
  type: type ?? null,
  code: code ?? null,
})

const answerOf = ({ id, model, choices, usage }: ChatAnswer): JsonObject => ({
  id,
  model,
  choices: choices.map(choiceOf),
  usage: usage === undefined ? null : { ...usage },
})

const STOPS = { "tool-calls": "tools", filtered: "filter", other: "error" } as const

function choiceOf({ parts, stop, stopDetail, logprobs }: Choice): JsonObject {
  return {
    parts: parts.map(partOf),
    stop: stop === "tool-calls" || stop === "filtered" || stop === "other" ? STOPS[stop] : stop,
    ...(stop === "stop-sequence" && stopDetail !== undefined ? { stopSequence: stopDetail } : {}),
    ...(logprobs === undefined
      ? {}
      : {
          logprobs: logprobs.map((it) => ({
            ...it,
            top: it.top.map(({ token, logprob }) => ({ token, logprob })),
          })),
        }),
  }
}

function partOf(part: AnswerPart): JsonObject {
  switch (part.kind) {
    case "text": {
      const { text, citations, signature } = part
      return { kind: "text", text, citations: (citations ?? []).map(citationOf), signature }
    }
    case "reasoning":
      if (part.redacted !== undefined) return { kind: "redacted", data: part.redacted }
      return { kind: "reasoning", text: part.text, signature: part.signature }
    case "tool-call":
      return {
        kind: "tool-call",
        id: part.id,
        name: part.name,
        arguments: part.arguments === "" ? {} : parseJson(part.arguments),
        signature: part.signature,
      }
    case "refusal":
      return { kind: "refusal", text: part.text }
    case "made":
      return {
        kind: "audio",
        id: part.id,
        data: part.medium.kind === "inline" ? part.medium.data : "",
        transcript: part.transcript,
      }
    case "opaque":
      return { kind: "other", type: part.value.type }
  }
}

const citationOf = ({ url, title, quote, from, to }: Citation): JsonObject => ({
  url,
  title,
  quoted: quote,
  start: from,
  end: to,
})

/** What of the expectation the meaning does not say, by place; what the expectation leaves open is not compared. */
export function differences(expected: Json | undefined, told: Json | undefined, at = ""): readonly string[] {
  if (Array.isArray(expected)) {
    const items = listOf(told)
    const wrong = expected.flatMap((it: Json, index) => differences(it, items[index], `${at}[${index}]`))
    return items.length === expected.length ? wrong : [...wrong, `${at}: ${items.length} of ${expected.length} items`]
  }
  if (isObject(expected)) {
    const members = objectOf(told) ?? {}
    // What a format does not tell is made by its codec: an id, the status of an error in a stream.
    const compared = Object.entries(expected).filter(
      ([name, it]) => !ELSEWHERE.has(name) && (it !== null || !MADE.has(name)),
    )
    return compared.flatMap(([name, it]) => differences(inForm(it), members[name], `${at}.${name}`))
  }
  return (expected ?? null) === (told ?? null) ? [] : [`${at}: ${JSON.stringify(told)} for ${JSON.stringify(expected)}`]
}

const MADE: ReadonlySet<string> = new Set(["id", "model", "stop", "status"])
/** Not of the form: read elsewhere, or known beside the body. */
const ELSEWHERE: ReadonlySet<string> = new Set(["retryAfterSeconds", "headers"])

/** Cohere's plans are texts of the form. */
const inForm = (value: Json | undefined): Json | undefined => (value === "plan" ? "text" : value)
