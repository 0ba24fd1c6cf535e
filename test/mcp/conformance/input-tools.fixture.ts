import {
  acceptedContent,
  CLIENT_CAPABILITIES_META_KEY,
  createRequestStateCodec,
  type InputRequests,
  type InputRequiredResult,
  inputRequired,
  type McpServer,
  type ServerContext,
} from "@modelcontextprotocol/server"
import { z } from "zod"

/** Seals what a client carries from one round to the next. */
export const state = createRequestStateCodec<Record<string, unknown>>({
  key: crypto.getRandomValues(new Uint8Array(32)),
})

const said = (it: string) => ({ content: [{ type: "text", text: it } as const] })

const form = (message: string, name: string) =>
  inputRequired.elicit({
    message,
    requestedSchema: { type: "object", properties: { [name]: { type: "string" } }, required: [name] },
  })

const prompt = (text: string) =>
  inputRequired.createMessage({ messages: [{ role: "user", content: { type: "text", text } }], maxTokens: 100 })

/** A text the client accepted to give. */
export function given({ mcpReq }: ServerContext, key: string, name: string): string | undefined {
  const content: unknown = acceptedContent(mcpReq.inputResponses, key)
  const value = typeof content === "object" && content !== null ? Reflect.get(content, name) : undefined
  return typeof value === "string" ? value : undefined
}

function answered({ mcpReq }: ServerContext, key: string, ...path: readonly string[]): unknown {
  let at: unknown = mcpReq.inputResponses?.[key]
  for (const name of path) at = typeof at === "object" && at !== null ? Reflect.get(at, name) : undefined
  return at
}

/** Tools that ask the client between two rounds, as stateless servers do. */
export function addInputTools(server: McpServer): void {
  const add = (
    name: string,
    run: (ctx: ServerContext) => Promise<ReturnType<typeof said> | InputRequiredResult>,
  ): unknown => server.registerTool(name, { description: name, inputSchema: z.object({}) }, (_, ctx) => run(ctx))

  add("test_missing_capability", async (ctx) =>
    answered(ctx, "llm_answer") === undefined
      ? inputRequired({ inputRequests: { llm_answer: prompt("Reply with the single word: pong") } })
      : said("sampled"),
  )
  add("test_input_required_result_elicitation", async (ctx) => {
    const name = given(ctx, "user_name", "name")
    return name === undefined
      ? inputRequired({ inputRequests: { user_name: form("What is your name?", "name") } })
      : said(`Hello, ${name}!`)
  })
  add("test_input_required_result_sampling", async (ctx) => {
    const text = answered(ctx, "capital_question", "content", "text")
    return text === undefined
      ? inputRequired({ inputRequests: { capital_question: prompt("What is the capital of France?") } })
      : said(`Sampling response: ${String(text)}`)
  })
  add("test_input_required_result_list_roots", async (ctx) => {
    const roots = answered(ctx, "client_roots", "roots")
    return Array.isArray(roots)
      ? said(`Client exposed ${roots.length} root(s): ${roots.map((it) => String(Reflect.get(it, "uri"))).join(", ")}`)
      : inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } })
  })
  add("test_input_required_result_request_state", async (ctx) =>
    ctx.mcpReq.requestState() === undefined ? confirming("request_state") : said("state-ok: requestState verified"),
  )
  add("test_input_required_result_tampered_state", async (ctx) =>
    ctx.mcpReq.requestState() === undefined ? confirming("tampered_state") : said("integrity-ok: state verified"),
  )
  add("test_input_required_result_multiple_inputs", async (ctx) => {
    const name = given(ctx, "user_name", "name")
    const greeting = answered(ctx, "greeting", "content", "text")
    const roots = answered(ctx, "client_roots", "roots")
    if (name !== undefined && typeof greeting === "string" && Array.isArray(roots))
      return said(`${greeting} ${name}: ${roots.length} root(s)`)
    return inputRequired({
      inputRequests: {
        user_name: form("What is your name?", "name"),
        greeting: prompt("Generate a greeting"),
        client_roots: inputRequired.listRoots(),
      },
      requestState: await state.mint({ tool: "multiple_inputs" }),
    })
  })
  add("test_input_required_result_multi_round", rounds)
  add("test_input_required_result_capabilities", byCapabilities)
}

async function confirming(tool: string): Promise<InputRequiredResult> {
  return inputRequired({
    inputRequests: {
      confirm: inputRequired.elicit({
        message: "Please confirm",
        requestedSchema: { type: "object", properties: { ok: { type: "boolean" } }, required: ["ok"] },
      }),
    },
    requestState: await state.mint({ tool }),
  })
}

async function rounds(ctx: ServerContext): Promise<ReturnType<typeof said> | InputRequiredResult> {
  const kept = ctx.mcpReq.requestState<Record<string, unknown>>()
  if (kept?.round === 2) return said(`${String(kept.name)} likes ${given(ctx, "step2", "color") ?? "unknown"}`)
  const isFirst = kept?.round !== 1
  const name = given(ctx, "step1", "name") ?? "unknown"
  return inputRequired({
    inputRequests: isFirst
      ? { step1: form("Step 1: What is your name?", "name") }
      : { step2: form("Step 2: What is your favorite color?", "color") },
    requestState: await state.mint({ round: isFirst ? 1 : 2, name, nonce: crypto.randomUUID() }),
  })
}

async function byCapabilities(ctx: ServerContext): Promise<ReturnType<typeof said> | InputRequiredResult> {
  if (ctx.mcpReq.inputResponses !== undefined) return said("fulfilled")
  const { envelope = {} } = ctx.mcpReq
  const declared: unknown = Reflect.get(envelope, CLIENT_CAPABILITIES_META_KEY)
  const has = (name: string): boolean => typeof declared === "object" && declared !== null && name in declared
  const inputRequests: InputRequests = {
    ...(!has("elicitation") ? {} : { user_name: form("What is your name?", "name") }),
    ...(!has("sampling") ? {} : { greeting: prompt("Generate a short greeting") }),
    ...(!has("roots") ? {} : { client_roots: inputRequired.listRoots() }),
  }
  return Object.keys(inputRequests).length === 0 ? said("nothing to ask with") : inputRequired({ inputRequests })
}
