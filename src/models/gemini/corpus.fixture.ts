import { readdirSync, readFileSync } from "node:fs"
import type { Outbound } from "../codec.ts"
import type { ChatAnswer, Choice, ProviderError, Stop } from "../form/answer.ts"
import type { AnswerPart } from "../form/content.ts"
import { Fold } from "../form/fold.ts"
import { isList, type Json, type JsonObject, objectOf, parseJson, parseObject } from "../json.ts"

/** An answer of a provider in its own wire format, and what it means; `README.md` of the corpus explains its words. */
export interface Sample {
  readonly name: string
  readonly bytes: Buffer
  readonly isStream: boolean
  readonly expected: JsonObject
}

const CORPUS = new URL("../../../test/models/corpus/", import.meta.url)

export function samples(format: string): readonly Sample[] {
  const folder = new URL(`${format}/`, CORPUS)
  const read = (file: string): Buffer => readFileSync(new URL(file, folder))
  return readdirSync(folder)
    .filter((it) => !it.endsWith(".expected.json"))
    .map((file) => {
      const name = file.slice(0, file.lastIndexOf("."))
      const expected = parseObject(read(`${name}.expected.json`).toString()) ?? {}
      return { name, bytes: read(file), isStream: !file.endsWith(".json"), expected }
    })
}

export function readStream(outbound: Outbound, pieces: readonly Uint8Array[]): Json {
  const fold = new Fold()
  const reader = outbound.reader()
  for (const it of pieces) reader.read(it, (event) => fold.add(event))
  reader.close((event) => fold.add(event))
  const result = fold.result()
  if (result.kind === "cut") return "cut"
  if (result.kind === "whole") return { streamed: true, ...answerOf(result.answer, false) }
  return { streamed: true, ...answerOf(result.answer, true), error: errorOf(result.error) }
}

export function readWhole(outbound: Outbound, { bytes, expected }: Sample): Json {
  const json = parseJson(bytes.toString())
  // Google's front ends put an error in an array.
  const body = objectOf(isList(json) ? json[0] : json)
  const error = objectOf(expected.error)
  if (error !== undefined && expected.streamed === undefined)
    return { error: errorOf(outbound.readError(Number(error.status), body)) }
  return { streamed: false, ...answerOf(outbound.readAnswer(body ?? {}), false) }
}

const errorOf = ({ status, message, type, code }: ProviderError): JsonObject => ({
  status,
  message,
  type: type ?? null,
  code: code ?? null,
})

function answerOf({ id, model, choices, usage }: ChatAnswer, isBroken: boolean): JsonObject {
  const { cacheWriteHour: _, ...counts } = usage ?? { cacheWriteHour: 0 }
  const [first = { parts: [], stop: "other" as const }, ...others] = choices
  return {
    id,
    model,
    choices: [first, ...others].map((it) => choiceOf(it, isBroken)),
    usage: usage === undefined ? null : counts,
  }
}

const STOPS: { readonly [S in Stop]?: string } = { "tool-calls": "tools", filtered: "filter", other: "error" }

function choiceOf({ parts, stop, logprobs }: Choice, isBroken: boolean): JsonObject {
  const tokens = logprobs?.map(({ token, logprob, bytes, top }) => ({
    token,
    logprob,
    bytes,
    top: top.map((it) => ({ token: it.token, logprob: it.logprob })),
  }))
  return {
    parts: parts.map(partOf),
    stop: isBroken ? null : (STOPS[stop] ?? stop),
    ...(tokens === undefined ? {} : { logprobs: tokens }),
  }
}

function partOf(it: AnswerPart): JsonObject {
  const signed = "signature" in it && it.signature !== undefined ? { signature: it.signature } : {}
  switch (it.kind) {
    case "text": {
      const citations = it.citations?.map(({ title, url, quote, from, to }) => ({
        ...(title === undefined ? {} : { title }),
        ...(url === undefined ? {} : { url }),
        ...(quote === undefined ? {} : { quoted: quote }),
        ...(from === undefined ? {} : { start: from }),
        ...(to === undefined ? {} : { end: to }),
      }))
      return { kind: "text", text: it.text, ...(citations === undefined ? {} : { citations }), ...signed }
    }
    case "reasoning":
      return { kind: "reasoning", text: it.text, ...signed }
    case "tool-call": {
      // The corpus tells that there is no id where we make one of the answer's.
      const id = it.id.startsWith("call_r") ? null : it.id
      const made = it.arguments === "" ? {} : parseJson(it.arguments)
      return { kind: "tool-call", id, name: it.name, arguments: made, ...signed }
    }
    case "made":
      return it.medium.kind === "inline"
        ? { kind: "media", mime: it.medium.type, data: it.medium.data }
        : { kind: "media" }
    case "opaque":
      return { kind: "other", type: it.what }
    case "refusal":
      return { kind: "refusal", text: it.text }
  }
}
