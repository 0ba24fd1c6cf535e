import { inputRequired, type McpServer, ResourceTemplate } from "@modelcontextprotocol/server"
import { z } from "zod"
import { IMAGE } from "./content-tools.fixture.ts"
import { given } from "./input-tools.fixture.ts"

/** Resources of every kind, with what is said of those subscribed to. */
export function addResources(server: McpServer): void {
  const text = (name: string, content: string) =>
    server.registerResource(name, `test://${name}`, { description: name, mimeType: "text/plain" }, async () => ({
      contents: [{ uri: `test://${name}`, mimeType: "text/plain", text: content }],
    }))
  text("static-text", "This is the content of the static text resource.")
  text("watched-resource", "Watched resource content")
  server.registerResource("static-binary", "test://static-binary", { mimeType: "image/png" }, async () => ({
    contents: [{ uri: "test://static-binary", mimeType: "image/png", blob: IMAGE }],
  }))
  server.registerResource(
    "template",
    new ResourceTemplate("test://template/{id}/data", { list: undefined }),
    { mimeType: "application/json" },
    async (uri, { id }) => ({
      contents: [
        {
          uri: uri.toString(),
          mimeType: "application/json",
          text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${String(id)}` }),
        },
      ],
    }),
  )
  server.server.setRequestHandler("resources/subscribe", async ({ params: { uri } }) => {
    if (uri === "test://watched-resource")
      setTimeout(() => server.server.sendResourceUpdated({ uri }).catch(() => undefined), 20)
    return {}
  })
  server.server.setRequestHandler("resources/unsubscribe", async () => ({}))
}

/** Prompts of every kind. */
export function addPrompts(server: McpServer): void {
  const user = (text: string) => ({ role: "user", content: { type: "text", text } }) as const
  server.registerPrompt("test_simple_prompt", { description: "Simple" }, async () => ({
    messages: [user("This is a simple prompt for testing.")],
  }))
  server.registerPrompt(
    "test_prompt_with_arguments",
    { description: "With arguments", argsSchema: z.object({ arg1: z.string(), arg2: z.string() }) },
    async ({ arg1, arg2 }) => ({ messages: [user(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)] }),
  )
  server.registerPrompt(
    "test_prompt_with_embedded_resource",
    { description: "With a resource", argsSchema: z.object({ resourceUri: z.string() }) },
    async ({ resourceUri }) => ({
      messages: [
        {
          role: "user",
          content: {
            type: "resource",
            resource: { uri: resourceUri, mimeType: "text/plain", text: "Embedded resource content for testing." },
          },
        },
        user("Please process the embedded resource above."),
      ],
    }),
  )
  server.registerPrompt("test_prompt_with_image", { description: "With an image" }, async () => ({
    messages: [
      { role: "user", content: { type: "image", data: IMAGE, mimeType: "image/png" } },
      user("Please analyze the image above."),
    ],
  }))
  server.registerPrompt("test_input_required_result_prompt", { description: "Asks first" }, async (ctx) => {
    const context = given(ctx, "user_context", "context")
    if (context !== undefined) return { messages: [user(`Use the following context: ${context}`)] }
    return inputRequired({
      inputRequests: {
        user_context: inputRequired.elicit({
          message: "What context should the prompt use?",
          requestedSchema: { type: "object", properties: { context: { type: "string" } }, required: ["context"] },
        }),
      },
    })
  })
  server.server.setRequestHandler("completion/complete", async ({ params: { argument } }) => ({
    completion: { values: [`${argument.value}-completed`], total: 1, hasMore: false },
  }))
}
