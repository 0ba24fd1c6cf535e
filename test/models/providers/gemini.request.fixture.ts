import { z } from "zod"
import { type Asked, type AskedMessage, type AskedPart, mediaOf, mediaPart } from "./asked.fixture.ts"
import { Refused } from "./wire.fixture.ts"

/** Source: Gemini API reference, "Generating content", "Content", "Caching"; the types of the npm package `@google/genai`. */
const part = z.strictObject({
  text: z.string().optional(),
  thought: z.boolean().optional(),
  thoughtSignature: z.string().optional(),
  inlineData: z.strictObject({ mimeType: z.string(), data: z.base64(), displayName: z.string().optional() }).optional(),
  fileData: z.strictObject({ mimeType: z.string().optional(), fileUri: z.string() }).optional(),
  functionCall: z
    .strictObject({ id: z.string().optional(), name: z.string(), args: z.looseObject({}).optional() })
    .optional(),
  functionResponse: z
    .strictObject({
      id: z.string().optional(),
      name: z.string(),
      response: z.looseObject({}),
      parts: z.array(z.unknown()).optional(),
    })
    .optional(),
  videoMetadata: z.unknown().optional(),
  mediaResolution: z.unknown().optional(),
})
type Part = z.infer<typeof part>
const content = z.strictObject({
  role: z.string().optional(),
  parts: z.array(part).min(1, "must include at least one parts field"),
})
const declaration = z.strictObject({
  name: z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$/, "Invalid function name."),
  description: z.string().optional(),
  parameters: z.looseObject({}).optional(),
  parametersJsonSchema: z.unknown().optional(),
  response: z.unknown().optional(),
  responseJsonSchema: z.unknown().optional(),
  behavior: z.string().optional(),
})
const count = z.number().int().min(1).optional()
const thinkingConfig = z
  .strictObject({
    includeThoughts: z.boolean().optional(),
    thinkingBudget: z.number().int().min(-1).optional(),
    thinkingLevel: z.string().optional(),
  })
  .optional()
const generationConfig = z.strictObject({
  candidateCount: z.number().int().min(1).max(8).optional(),
  stopSequences: z.array(z.string()).max(5).optional(),
  maxOutputTokens: count,
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  topK: z.number().optional(),
  seed: z.number().int().optional(),
  presencePenalty: z.number().optional(),
  frequencyPenalty: z.number().optional(),
  responseMimeType: z.enum(["text/plain", "application/json", "text/x.enum"]).optional(),
  responseSchema: z.looseObject({}).optional(),
  responseJsonSchema: z.unknown().optional(),
  responseLogprobs: z.boolean().optional(),
  logprobs: z.number().int().min(0).max(20).optional(),
  responseModalities: z.array(z.string()).optional(),
  thinkingConfig,
  speechConfig: z.unknown().optional(),
  imageConfig: z.unknown().optional(),
  mediaResolution: z.string().optional(),
})
const mode = z.enum(["MODE_UNSPECIFIED", "AUTO", "ANY", "NONE", "VALIDATED"]).optional()

export const generateRequest = z.strictObject({
  contents: z.array(content).min(1, "contents is not specified"),
  systemInstruction: content.optional(),
  /** The same in protocol buffers' other spelling, which the real one takes as well. */
  system_instruction: content.optional(),
  tools: z
    .array(
      z.strictObject({
        functionDeclarations: z.array(declaration).optional(),
        googleSearch: z.unknown().optional(),
        codeExecution: z.unknown().optional(),
        urlContext: z.unknown().optional(),
      }),
    )
    .optional(),
  toolConfig: z
    .strictObject({
      functionCallingConfig: z.strictObject({ mode, allowedFunctionNames: z.array(z.string()).optional() }).optional(),
      retrievalConfig: z.unknown().optional(),
    })
    .optional(),
  safetySettings: z.array(z.strictObject({ category: z.string(), threshold: z.string() })).optional(),
  generationConfig: generationConfig.optional(),
  cachedContent: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
})
export type GenerateRequest = z.infer<typeof generateRequest>

export const countRequest = z.union([
  z.strictObject({ contents: generateRequest.shape.contents }),
  z.strictObject({ generateContentRequest: generateRequest.extend({ model: z.string() }) }),
])

const embedded = z.strictObject({
  model: z.string().optional(),
  content,
  taskType: z.string().optional(),
  title: z.string().optional(),
  outputDimensionality: count,
})
export const embedRequest = embedded
export const batchEmbedRequest = z.strictObject({ requests: z.array(embedded.extend({ model: z.string() })).min(1) })

export function generateAsked(request: GenerateRequest, model: string, isStreamed: boolean): Asked {
  refuseUnmatched(request)
  const { generationConfig: config = {}, toolConfig } = request
  const { mode, allowedFunctionNames: [allowed] = [] } = toolConfig?.functionCallingConfig ?? {}
  const system = request.systemInstruction ?? request.system_instruction
  const schema = config.responseSchema ?? config.responseJsonSchema ?? config.responseMimeType === "application/json"
  return {
    model,
    isStreamed,
    system: (system?.parts ?? []).flatMap((it) => (it.text === undefined ? [] : [it.text])),
    messages: request.contents.map(contentAsked),
    tools: (request.tools ?? []).flatMap(({ functionDeclarations: all = [] }) =>
      all.map((it) => ({ ...it, parameters: it.parameters ?? it.parametersJsonSchema })),
    ),
    toolChoice:
      mode === "NONE" ? "none" : mode !== "ANY" ? "auto" : allowed === undefined ? "required" : { name: allowed },
    ...(schema !== false && { schema }),
    isReasoningAsked: config.thinkingConfig?.includeThoughts ?? false,
    ...(config.maxOutputTokens !== undefined && { maxTokens: config.maxOutputTokens }),
    stops: config.stopSequences ?? [],
    choices: config.candidateCount ?? 1,
    areLogprobsAsked: config.responseLogprobs ?? false,
    hasCacheMark: false,
  }
}

const contentAsked = ({ role, parts }: z.infer<typeof content>): AskedMessage => ({
  role: role === "model" ? "assistant" : parts.every((it) => it.functionResponse !== undefined) ? "tool" : "user",
  parts: parts.map(partAsked),
})

function partAsked(it: Part): AskedPart {
  const { inlineData, fileData, functionCall: call, functionResponse: result, thoughtSignature: signature } = it
  if (inlineData !== undefined) return mediaPart(inlineData.mimeType, inlineData.data)
  if (fileData !== undefined)
    return { kind: "link", media: mediaOf(fileData.mimeType ?? "image/png"), url: fileData.fileUri }
  if (call !== undefined) return { kind: "tool-call", id: call.id ?? "", name: call.name, arguments: call.args ?? {} }
  if (result !== undefined) {
    return { kind: "tool-result", id: result.id ?? "", name: result.name, text: resultText(result.response) }
  }
  const text = it.text ?? ""
  return it.thought ? { kind: "reasoning", text, ...(signature && { signature }) } : { kind: "text", text }
}

/** The text of a result: that of its only usual field, else the whole as JSON. */
function resultText(response: Readonly<Record<string, unknown>>): string {
  const told = response.output ?? response.result ?? response.content ?? response.error
  if (typeof told === "string") return told
  return JSON.stringify(told ?? response)
}

function refuseUnmatched({ contents }: GenerateRequest): void {
  contents.forEach(({ role, parts }, at) => {
    if (role !== undefined && role !== "user" && role !== "model" && role !== "function") {
      refuse("Please use a valid role: user, model.")
    }
    parts.forEach((it, place) => {
      const data = [it.text, it.inlineData, it.fileData, it.functionCall, it.functionResponse].filter(
        (x) => x !== undefined,
      )
      if (data.length === 1) return
      const where = `GenerateContentRequest.contents[${at}].parts[${place}].data`
      refuse(`* ${where}: required oneof field 'data' must have one initialized field\n`)
    })
    const before = contents[at - 1]?.parts.filter((it) => it.functionCall !== undefined).length ?? 0
    const answers = parts.filter((it) => it.functionResponse !== undefined).length
    if (answers > 0 && answers !== before) {
      refuse(
        "Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.",
      )
    }
    const calls = parts.some((it) => it.functionCall !== undefined)
    const previous = contents[at - 1]?.role
    if (calls && (at === 0 || previous === "model")) {
      refuse(
        "Please ensure that function call turn comes immediately after a user turn or after a function response turn.",
      )
    }
  })
}

function refuse(message: string): never {
  throw new Refused({ status: 400, message })
}
