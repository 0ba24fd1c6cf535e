import type { McpServer, ServerContext } from "@modelcontextprotocol/server"
import { z } from "zod"

const said = (it: string) => ({ content: [{ type: "text", text: it } as const] })

/** Tools that ask the client in the middle of a call, as servers with sessions do. */
export function addAskingTools(server: McpServer): void {
  server.registerTool(
    "test_sampling",
    { description: "Asks a model", inputSchema: z.object({ prompt: z.string() }) },
    async ({ prompt }, ctx) => {
      const answer = await ctx.mcpReq.requestSampling({
        messages: [{ role: "user", content: { type: "text", text: prompt } }],
        maxTokens: 100,
      })
      const content = Array.isArray(answer.content) ? answer.content[0] : answer.content
      return said(`LLM response: ${content?.type === "text" ? content.text : "none"}`)
    },
  )
  server.registerTool(
    "test_elicitation",
    { description: "Asks its user", inputSchema: z.object({ message: z.string() }) },
    async ({ message }, ctx) =>
      elicited(ctx, "User response", message, {
        type: "object",
        properties: { response: { type: "string", description: "User's response" } },
        required: ["response"],
      }),
  )
  const plain = { inputSchema: z.object({}) }
  server.registerTool(
    "test_elicitation_sep1034_defaults",
    { description: "Asks with defaults", ...plain },
    async (_, ctx) =>
      elicited(ctx, "Elicitation completed", "Please review and update the form fields with defaults", DEFAULTS),
  )
  server.registerTool("test_elicitation_sep1330_enums", { description: "Asks to choose", ...plain }, async (_, ctx) =>
    elicited(ctx, "Elicitation completed", "Please select options from the enum fields", ENUMS),
  )
}

type Schema = Parameters<ServerContext["mcpReq"]["elicitInput"]>[0] extends infer P
  ? P extends { requestedSchema: infer S }
    ? S
    : never
  : never

async function elicited(ctx: ServerContext, what: string, message: string, requestedSchema: Schema) {
  const { action, content } = await ctx.mcpReq.elicitInput({ mode: "form", message, requestedSchema })
  return said(`${what}: action=${action}, content=${JSON.stringify(content ?? {})}`)
}

const DEFAULTS: Schema = {
  type: "object",
  properties: {
    name: { type: "string", description: "User name", default: "John Doe" },
    age: { type: "integer", description: "User age", default: 30 },
    score: { type: "number", description: "User score", default: 95.5 },
    status: { type: "string", description: "User status", enum: ["active", "inactive", "pending"], default: "active" },
    verified: { type: "boolean", description: "Verification status", default: true },
  },
  required: [],
}

const ENUMS: Schema = {
  type: "object",
  properties: {
    untitledSingle: { type: "string", description: "One", enum: ["option1", "option2", "option3"] },
    titledSingle: {
      type: "string",
      description: "One, with titles",
      oneOf: [
        { const: "value1", title: "First Option" },
        { const: "value2", title: "Second Option" },
        { const: "value3", title: "Third Option" },
      ],
    },
    legacyEnum: {
      type: "string",
      description: "One, with titles as they once were",
      enum: ["opt1", "opt2", "opt3"],
      enumNames: ["Option One", "Option Two", "Option Three"],
    },
    untitledMulti: {
      type: "array",
      description: "Several",
      minItems: 1,
      maxItems: 3,
      items: { type: "string", enum: ["option1", "option2", "option3"] },
    },
    titledMulti: {
      type: "array",
      description: "Several, with titles",
      minItems: 1,
      maxItems: 3,
      items: {
        anyOf: [
          { const: "value1", title: "First Choice" },
          { const: "value2", title: "Second Choice" },
          { const: "value3", title: "Third Choice" },
        ],
      },
    },
  },
  required: [],
}
