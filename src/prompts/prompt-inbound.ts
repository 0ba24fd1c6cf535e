import { VALID } from "../guardrails/answer-schema.ts"
import type { Inbound } from "../models/codec.ts"
import type { ChatAnswer } from "../models/form/answer.ts"
import { FormFault } from "../models/form/fault.ts"
import { Place } from "../models/form/place.ts"
import type { ChatRequest, OutputForm } from "../models/form/request.ts"
import { type Json, type JsonObject, parseJson } from "../models/json.ts"
import type { Prompt, PromptParameters } from "./prompt.ts"
import { readInputs } from "./read-inputs.ts"
import { PromptStreamWriter } from "./stream-writer.ts"
import { render } from "./template.ts"
import { usageTold } from "./usage-told.ts"
import { writeError } from "./write-error.ts"

const MEMBERS: ReadonlySet<string> = new Set(["inputs", "stream"])

/**
 * A prompt as one more way to ask a model: `{"inputs": {...}, "stream": false}` to a chat, and its answer to
 * `{"output", "model", "usage", "stop"}`. A caller's inputs fill places in texts whose roles are given by the configuration,
 * so that no input can become a turn of its own.
 */
export function promptInbound(prompt: Prompt): Inbound {
  return {
    dialect: "prompt",
    readRequest: (body, { stream = false }) => readRequest(prompt, body, stream),
    writeAnswer: (answer) => writeAnswer(prompt, answer),
    writer: ({ model }) => new PromptStreamWriter(model),
    writeError,
  }
}

function readRequest(prompt: Prompt, body: JsonObject, stream: boolean): ChatRequest {
  const place = new Place(body)
  for (const name of Object.keys(body))
    if (!MEMBERS.has(name))
      throw place
        .at(name)
        .fault(`absent: a prompt is asked with {"inputs": {...}}, and with "stream" where that is wanted`)
  // What is told beside it (`Accept`) does the same.
  const isStreamed = place.at("stream").optionalBoolean() ?? stream
  if (isStreamed && prompt.output.kind === "json")
    throw place.at("stream").fault("false: the answer of this prompt is JSON, which is checked before it is told")
  const values = readInputs(prompt.inputs, place.at("inputs"))
  const text = (it: NonNullable<Prompt["system"]>) => ({ kind: "text", text: render(it, values) }) as const
  return {
    model: prompt.model,
    system: prompt.system === undefined ? [] : [text(prompt.system)],
    turns: [{ role: "user", parts: [text(prompt.user)] }],
    tools: [],
    output: outputForm(prompt),
    ...parametersOf(prompt.parameters),
    stream: isStreamed,
    streamUsage: true,
  }
}

const outputForm = ({ name, output }: Prompt): OutputForm =>
  output.kind === "text"
    ? { kind: "text" }
    : { kind: "schema", name: name.replaceAll("-", "_"), schema: output.schema, strict: true }

const parametersOf = ({ temperature, topP, maxTokens, seed, stop, effort }: PromptParameters) => ({
  ...(temperature === undefined ? {} : { temperature }),
  ...(topP === undefined ? {} : { topP }),
  ...(maxTokens === undefined ? {} : { maxTokens }),
  ...(seed === undefined ? {} : { seed }),
  ...(effort === undefined ? {} : { reasoning: { effort } }),
  stop,
})

/** @throws FormFault where JSON was asked for and the answer is none, or does not fit: the model's fault. */
function writeAnswer({ output }: Prompt, { choices, model, usage }: ChatAnswer): JsonObject {
  const choice = choices[0]
  const text = (choice?.parts ?? []).map((it) => (it.kind === "text" || it.kind === "refusal" ? it.text : "")).join("")
  return {
    output: output.kind === "text" ? text : checked(text, output.check),
    model,
    stop: choice?.stop ?? "other",
    ...(usage === undefined ? {} : { usage: usageTold(usage) }),
  }
}

function checked(text: string, check: (text: string) => string): Json {
  const found = check(text)
  if (found !== VALID) throw new FormFault("output", `JSON as the prompt's schema says, and not: ${found}`)
  return parseJson(text)
}
