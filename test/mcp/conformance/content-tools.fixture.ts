import { fromJsonSchema, type McpServer } from "@modelcontextprotocol/server"
import { z } from "zod"

/** A red point as PNG, and a WAV of no sound. */
export const IMAGE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=="
const AUDIO = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA="

const text = (it: string) => ({ type: "text", text: it }) as const
const said = (it: string) => ({ content: [text(it)] })
const pause = () => Bun.sleep(20)

/** Tools that give every kind of content, and tell of their progress. */
export function addContentTools(server: McpServer): void {
  const image = { type: "image", data: IMAGE, mimeType: "image/png" } as const
  const plain = { inputSchema: z.object({}) }
  server.registerTool("test_simple_text", { description: "Text" }, async () =>
    said("This is a simple text response for testing."),
  )
  server.registerTool("test_image_content", { description: "An image" }, async () => ({ content: [image] }))
  server.registerTool("test_audio_content", { description: "A sound" }, async () => ({
    content: [{ type: "audio", data: AUDIO, mimeType: "audio/wav" }],
  }))
  server.registerTool("test_embedded_resource", { description: "A resource" }, async () => ({
    content: [embedded("test://embedded-resource", "text/plain", "This is an embedded resource content.")],
  }))
  server.registerTool("test_multiple_content_types", { description: "Text, an image and a resource" }, async () => ({
    content: [
      text("Multiple content types test:"),
      image,
      embedded("test://mixed-content-resource", "application/json", '{"test":"data","value":123}'),
    ],
  }))
  server.registerTool("test_error_handling", { description: "Fails" }, async () => {
    throw new Error("This tool intentionally returns an error for testing")
  })
  server.registerTool("test_tool_with_logging", { description: "Logs", ...plain }, async (_, { mcpReq }) => {
    for (const data of ["Tool execution started", "Tool processing data", "Tool execution completed"]) {
      await mcpReq.notify({ method: "notifications/message", params: { level: "info", data } })
      await pause()
    }
    return said("Tool with logging executed successfully")
  })
  server.registerTool(
    "test_tool_with_progress",
    { description: "Tells its progress", ...plain },
    async (_, { mcpReq }) => {
      const progressToken = mcpReq._meta?.progressToken
      for (const progress of progressToken === undefined ? [] : [0, 50, 100]) {
        if (progressToken === undefined) break
        const params = { progressToken, progress, total: 100, message: `Completed step ${progress} of 100` }
        await mcpReq.notify({ method: "notifications/progress", params })
        await pause()
      }
      return said(String(progressToken ?? "no-progress-token"))
    },
  )
  server.registerTool("test_logging_tool", { description: "Logs where asked to", ...plain }, async (_, { mcpReq }) => {
    await mcpReq.log("info", "told only to those who asked for it")
    return said("logged")
  })
  server.registerTool("test_streaming_elicitation", { description: "Asks nothing", ...plain }, async () => said("done"))
  server.registerTool(
    "test_x_mcp_header",
    { description: "Has a parameter that stands in a field", inputSchema: MIRRORED },
    async ({ region }) => said(`region=${region ?? "<none>"}`),
  )
  server.registerTool(
    "json_schema_2020_12_tool",
    { description: "Has a schema of every word", inputSchema: fromJsonSchema(EVERY_WORD) },
    async (given) => said(JSON.stringify(given)),
  )
}

const embedded = (uri: string, mimeType: string, it: string) =>
  ({ type: "resource", resource: { uri, mimeType, text: it } }) as const

/** Apart, as the SDK's types of schemas do not know the member. */
const REGION = { type: "string", "x-mcp-header": "Region" } as const

const MIRRORED = fromJsonSchema<{ region?: string; level?: number }>({
  type: "object",
  properties: {
    region: REGION,
    level: { type: "integer" },
  },
})

/** Words that a list has to keep as they are written. */
const EVERY_WORD = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object",
  $defs: {
    address: {
      $anchor: "addressDef",
      type: "object",
      properties: {
        street: { type: "string" },
        city: { type: "string" },
      },
    },
  },
  properties: {
    name: { type: "string" },
    address: { $ref: "#/$defs/address" },
    contactMethod: { type: "string", enum: ["phone", "email"] },
    phone: { type: "string" },
    email: { type: "string" },
  },
  allOf: [{ anyOf: [{ required: ["phone"] }, { required: ["email"] }] }],
  if: {
    properties: { contactMethod: { const: "phone" } },
    required: ["contactMethod"],
  },
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
  then: { required: ["phone"] },
  else: { required: ["email"] },
  additionalProperties: false,
}
