import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { type Format, formats } from "./providers/provider.fixture.ts"

const citation = z.strictObject({
  url: z.string().optional(),
  title: z.string().optional(),
  quoted: z.string().optional(),
  start: z.number().optional(),
  end: z.number().optional(),
})
const signature = z.string().optional()
const part = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), text: z.string(), citations: z.array(citation).optional(), signature }),
  z.strictObject({ kind: z.literal("reasoning"), text: z.string(), signature }),
  z.strictObject({ kind: z.literal("redacted"), data: z.string() }),
  z.strictObject({
    kind: z.literal("tool-call"),
    id: z.string().nullable(),
    name: z.string(),
    arguments: z.looseObject({}),
    signature,
  }),
  z.strictObject({ kind: z.literal("refusal"), text: z.string() }),
  z.strictObject({ kind: z.literal("plan"), text: z.string() }),
  z.strictObject({ kind: z.literal("audio"), id: z.string(), data: z.string(), transcript: z.string() }),
  z.strictObject({ kind: z.literal("media"), mime: z.string(), data: z.string() }),
  z.strictObject({ kind: z.literal("other"), type: z.string() }),
])
const logprob = z.strictObject({
  token: z.string(),
  logprob: z.number(),
  bytes: z.array(z.number()).nullable(),
  top: z.array(z.strictObject({ token: z.string(), logprob: z.number() })),
})
const choice = z.strictObject({
  parts: z.array(part),
  stop: z.enum(["end", "length", "tools", "stop-sequence", "filter", "refusal", "pause", "error"]).nullable(),
  stopSequence: z.string().optional(),
  logprobs: z.array(logprob).optional(),
})
const usage = z.strictObject({
  input: z.number(),
  output: z.number(),
  cachedInput: z.number(),
  cacheWrite: z.number(),
  reasoning: z.number(),
  audioInput: z.number(),
  audioOutput: z.number(),
})
const failure = z.strictObject({
  status: z.number().nullable(),
  message: z.string(),
  type: z.string().nullable(),
  code: z.string().nullable(),
})
const answer = z.strictObject({
  streamed: z.boolean(),
  id: z.string().nullable(),
  model: z.string().nullable(),
  choices: z.array(choice),
  usage: usage.nullable(),
  error: failure.optional(),
})
const refusal = z.strictObject({
  error: failure.extend({ status: z.number() }),
  headers: z.record(z.string(), z.string()).optional(),
  retryAfterSeconds: z.number().optional(),
})

/** What an answer means: see corpus/README.md. */
export type ExpectedAnswer = z.infer<typeof answer>
export type ExpectedError = z.infer<typeof refusal>

interface Document {
  readonly format: Format
  /** Without its ending. */
  readonly name: string
  readonly ending: "json" | "sse" | "ndjson" | "bin"
  readonly bytes: Buffer
}
export type AnswerDocument = Document & { readonly expected: ExpectedAnswer }
export type ErrorDocument = Document & { readonly expected: ExpectedError }

const folder = join(import.meta.dir, "corpus")

/** Answers of the corpus, failing streams included, error answers not; all formats, or one. */
export const answersOf = (format?: Format): readonly AnswerDocument[] =>
  documents(format, false).map((it) => ({ ...it, expected: answer.parse(expectedOf(it)) }))

/** Error answers of the corpus. */
export const errorsOf = (format?: Format): readonly ErrorDocument[] =>
  documents(format, true).map((it) => ({ ...it, expected: refusal.parse(expectedOf(it)) }))

/** The content type that a provider sends the document with. */
export function contentType({ ending }: Pick<Document, "ending">): string {
  switch (ending) {
    case "json":
      return "application/json"
    case "sse":
      return "text/event-stream"
    case "ndjson":
      return "application/x-ndjson"
    case "bin":
      return "application/vnd.amazon.eventstream"
  }
}

function documents(wanted: Format | undefined, areErrors: boolean): readonly Document[] {
  return formats.flatMap((format) => {
    if (wanted !== undefined && format !== wanted) return []
    return readdirSync(join(folder, format)).flatMap((file): Document[] => {
      const ending = (["json", "sse", "ndjson", "bin"] as const).find((it) => file.endsWith(`.${it}`))
      if (ending === undefined || file.endsWith(".expected.json") || file.startsWith("error-") !== areErrors) return []
      return [
        { format, name: file.slice(0, -ending.length - 1), ending, bytes: readFileSync(join(folder, format, file)) },
      ]
    })
  })
}

const expectedOf = ({ format, name }: Document): unknown =>
  JSON.parse(readFileSync(join(folder, format, `${name}.expected.json`), "utf8"))
