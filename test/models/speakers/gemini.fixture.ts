import {
  ApiError,
  type Content,
  type FunctionCall,
  FunctionCallingConfigMode,
  type GenerateContentConfig,
  type GenerateContentResponse,
  GoogleGenAI,
  type Part,
} from "@google/genai"
import { onePixel } from "../providers/openai-more.fixture.ts"
import {
  type NextTurn,
  personSchema,
  type Question,
  type Speaker,
  smallPdf,
  type Told,
  weatherTool,
} from "./speaker.fixture.ts"

/** The npm package `@google/genai`. */
export const gemini: Speaker = {
  name: "Google SDK",
  dialect: "gemini",
  unsayable: new Map(),
  stops: {
    end: "STOP",
    length: "MAX_TOKENS",
    tools: "STOP",
    sequence: "STOP",
    refusal: "SAFETY",
    filtered: "SAFETY",
  },
  at: ({ url, apiKey }) => {
    const client = new GoogleGenAI({ apiKey, httpOptions: { baseUrl: url } })
    return (question) => ask(client, question, opening(question))
  },
  errorOf: (error) =>
    error instanceof ApiError
      ? { kind: error.constructor.name, status: error.status, message: error.message }
      : undefined,
}

async function ask(client: GoogleGenAI, question: Question, contents: readonly Content[]): Promise<Told> {
  const request = { model: question.model, contents: [...contents], config: configOf(question) }
  const chunks = question.isStreamed
    ? await Array.fromAsync(await client.models.generateContentStream(request))
    : [await client.models.generateContent(request)]
  return told(client, question, contents, chunks)
}

function told(
  client: GoogleGenAI,
  question: Question,
  contents: readonly Content[],
  chunks: readonly GenerateContentResponse[],
): Told {
  const parts = chunks.flatMap(({ candidates }) => candidates?.[0]?.content?.parts ?? [])
  const calls = parts.flatMap((it) => it.functionCall ?? [])
  const texts = parts.flatMap((it) => (it.thought !== true && it.text ? [it.text] : []))
  const usage = chunks.at(-1)?.usageMetadata
  const stop = chunks.map(({ candidates }) => candidates?.[0]?.finishReason).findLast((it) => it !== undefined)
  return {
    text: texts.join(""),
    pieces: question.isStreamed ? texts.length : 0,
    calls: calls.map(({ name, args }) => ({ name: name ?? "", input: args })),
    reasoning: parts.flatMap((it) => (it.thought === true && it.text ? [it.text] : [])).join(""),
    stop: stop === undefined ? String(chunks[0]?.promptFeedback?.blockReason ?? "") : String(stop),
    input: usage?.promptTokenCount,
    output: usage === undefined ? undefined : (usage.candidatesTokenCount ?? 0) + (usage.thoughtsTokenCount ?? 0),
    dropped: question.isStreamed ? "" : (chunks[0]?.sdkHttpResponse?.headers?.["pinpoint-dropped"] ?? ""),
    next: (turn) =>
      ask(client, question, [
        ...contents,
        { role: "model", parts: [...parts] },
        { role: "user", parts: nextOf(turn, calls) },
      ]),
  }
}

const nextOf = (turn: NextTurn, calls: readonly FunctionCall[]): Part[] =>
  "text" in turn
    ? [{ text: turn.text }]
    : calls.map(({ id, name }, at) => ({
        functionResponse: {
          ...(id !== undefined && { id }),
          ...(name !== undefined && { name }),
          response: { output: turn.results[at] ?? "" },
        },
      }))

const configOf = (question: Question): GenerateContentConfig => ({
  ...(question.system && { systemInstruction: question.system }),
  ...(question.tools && {
    tools: [{ functionDeclarations: [{ name: weatherTool.name, parametersJsonSchema: weatherTool.parameters }] }],
  }),
  ...(question.tools === "forced" && {
    toolConfig: {
      functionCallingConfig: { mode: FunctionCallingConfigMode.ANY, allowedFunctionNames: [weatherTool.name] },
    },
  }),
  ...(question.isPerson && { responseMimeType: "application/json", responseJsonSchema: personSchema }),
  ...(question.maxTokens && { maxOutputTokens: question.maxTokens }),
  ...(question.stop && { stopSequences: [question.stop] }),
  ...(question.isThoughtTold && { thinkingConfig: { includeThoughts: true, thinkingBudget: 1024 } }),
})

function opening({ text, media }: Question): readonly Content[] {
  if (media === undefined) return [{ role: "user", parts: [{ text }] }]
  const inlineData =
    media === "image" ? { mimeType: "image/png", data: onePixel } : { mimeType: "application/pdf", data: smallPdf }
  return [{ role: "user", parts: [{ text }, { inlineData }] }]
}
