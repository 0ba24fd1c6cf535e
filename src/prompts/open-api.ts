import type { JsonObject } from "../models/json.ts"
import { inputSchema } from "./input.ts"
import { type Prompt, type PublishedPrompt, promptPath } from "./prompt.ts"

/** The OpenAPI 3.1 description of a prompt, all versions: what is sent and what comes back, nothing of the templates. */
export function openApiOf({ name, current, versions }: PublishedPrompt): JsonObject {
  const entries: [string, JsonObject][] = [
    [promptPath(name), { post: operationOf(current, camelOf(name)) }],
    ...versions.map((it): [string, JsonObject] => [
      promptPath(name, it.version),
      { post: operationOf(it, `${camelOf(name)}Version${it.version}`) },
    ]),
  ]
  return {
    openapi: "3.1.0",
    info: {
      title: name,
      version: String(current.version),
      ...(current.about === "" ? {} : { description: current.about }),
    },
    security: [{ key: [] }],
    paths: Object.fromEntries(entries),
    components: {
      securitySchemes: { key: { type: "http", scheme: "bearer" } },
      schemas: { Problem: PROBLEM, Usage: USAGE },
    },
  }
}

const camelOf = (name: string): string => name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())

function operationOf(prompt: Prompt, operationId: string): JsonObject {
  const { about, name, version, output } = prompt
  const json = { "application/json": { schema: answerSchema(prompt) } }
  const stream = { "text/event-stream": { schema: { type: "string", description: STREAM } } }
  return {
    operationId,
    summary: about === "" ? `Asks the prompt ${name}` : about,
    description: `Version ${version}.`,
    requestBody: { required: true, content: { "application/json": { schema: requestSchema(prompt) } } },
    responses: {
      "200": { description: "The answer.", content: output.kind === "text" ? { ...json, ...stream } : json },
      default: {
        description: "A refusal, with its cause and what would help.",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  }
}

const STREAM =
  'Events `text` with {"text": "..."}, then `end` with {"model", "stop", "usage"}, or `error` with a problem document.'

function requestSchema({ inputs, output }: Prompt): JsonObject {
  const needed = inputs.filter(({ fallback }) => fallback === undefined).map(({ name }) => name)
  return {
    type: "object",
    additionalProperties: false,
    ...(needed.length === 0 ? {} : { required: ["inputs"] }),
    properties: {
      inputs: {
        type: "object",
        additionalProperties: false,
        ...(needed.length === 0 ? {} : { required: needed }),
        properties: Object.fromEntries(inputs.map((it) => [it.name, inputSchema(it)])),
      },
      ...(output.kind === "text" ? { stream: { type: "boolean", default: false } } : {}),
    },
  }
}

const answerSchema = ({ output }: Prompt): JsonObject => ({
  type: "object",
  required: ["output", "model", "stop"],
  properties: {
    output: output.kind === "text" ? { type: "string" } : output.schema,
    model: { type: "string" },
    stop: { type: "string", description: "Why the answer ends: `end`, `length`, `refusal`, ..." },
    usage: { $ref: "#/components/schemas/Usage" },
  },
})

const USAGE: JsonObject = {
  type: "object",
  required: ["input_tokens", "output_tokens"],
  properties: { input_tokens: { type: "integer" }, output_tokens: { type: "integer" } },
}

const PROBLEM: JsonObject = {
  type: "object",
  description: "RFC 9457.",
  properties: {
    type: { type: "string", format: "uri-reference" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    cause: { type: "string", description: "The code of the cause." },
  },
}
