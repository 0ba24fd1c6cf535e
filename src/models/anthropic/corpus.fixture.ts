import { readdirSync, readFileSync } from "node:fs"
import type { Outbound } from "../codec.ts"
import type { ChatAnswer, Choice, ProviderError, Stop } from "../form/answer.ts"
import type { AnswerPart } from "../form/content.ts"
import { Fold } from "../form/fold.ts"
import { type Json, type JsonObject, objectOf, parseJson, textOf } from "../json.ts"

/** A recorded answer of a provider, and what it is to be read as. */
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
      const expected = objectOf(parseJson(read(`${name}.expected.json`).toString())) ?? {}
      return { name, bytes: read(file), isStream: !file.endsWith(".json"), expected }
    })
}

/** The whole answer or the stream in these pieces, in the words of the corpus. */
export function told(outbound: Outbound, { bytes, isStream, expected }: Sample, pieces: readonly Uint8Array[]): Json {
  const asked = objectOf(expected.error)
  if (isStream) {
    const fold = new Fold()
    const reader = outbound.reader()
    for (const it of pieces) reader.read(it, (event) => fold.add(event))
    reader.close((event) => fold.add(event))
    const result = fold.result()
    if (result.kind === "cut") return "cut"
    const error = result.kind === "error" ? result.error : undefined
    return { streamed: true, ...answer(result.answer, error), ...(error === undefined ? {} : { error: within(error) }) }
  }
  const body = objectOf(parseJson(bytes.toString()))
  if (asked !== undefined) return { error: failure(outbound.readError(Number(asked.status), body)) }
  return { streamed: false, ...answer(outbound.readAnswer(body ?? {}), undefined) }
}

/** Of errors inside streams the corpus tells no status. */
const within = (error: ProviderError): JsonObject => ({ ...failure(error), status: null })

const failure = ({ status, message, type, code }: ProviderError): JsonObject => ({
  status,
  message,
  type: type ?? null,
  code: code ?? null,
})

function answer({ id, model, choices, usage }: ChatAnswer, error: ProviderError | undefined): JsonObject {
  const { cacheWriteHour: _, ...counts } = usage ?? { cacheWriteHour: 0 }
  const [first = { parts: [], stop: "other" as const }, ...others] = choices
  return {
    id,
    model,
    choices: [first, ...others].map((it) => choice(it, error !== undefined)),
    usage: usage === undefined ? null : counts,
  }
}

const STOPS: { readonly [S in Stop]?: string } = { "tool-calls": "tools", filtered: "filter" }

function choice({ parts, stop, stopDetail }: Choice, isBroken: boolean): JsonObject {
  return {
    parts: parts.map(part),
    stop: isBroken ? null : (STOPS[stop] ?? stop),
    ...(stop === "stop-sequence" ? { stopSequence: stopDetail ?? null } : {}),
  }
}

function part(it: AnswerPart): JsonObject {
  switch (it.kind) {
    case "text": {
      const citations = it.citations?.map(({ title, url, quote }) => ({
        ...(title === undefined ? {} : { title }),
        ...(url === undefined ? {} : { url }),
        ...(quote === undefined ? {} : { quoted: quote }),
      }))
      return { kind: "text", text: it.text, ...(citations === undefined ? {} : { citations }) }
    }
    case "reasoning":
      if (it.redacted !== undefined) return { kind: "redacted", data: it.redacted }
      return { kind: "reasoning", text: it.text, ...(it.signature === undefined ? {} : { signature: it.signature }) }
    case "tool-call": {
      const input = it.arguments === "" ? {} : parseJson(it.arguments)
      return { kind: "tool-call", id: it.id, name: it.name, arguments: input }
    }
    case "opaque":
      return { kind: "other", type: textOf(it.value.type) ?? Object.keys(it.value)[0] ?? "" }
    case "refusal":
    case "made":
      return { kind: it.kind }
  }
}
