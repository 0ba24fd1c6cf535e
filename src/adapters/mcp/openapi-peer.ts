import { parse } from "yaml"
import type { McpServerPlan } from "../../config/mcp-plan.ts"
import type { Client } from "../../http/client.ts"
import { isObject, type Json, type JsonObject, objectAt, readJson, textAt } from "../../mcp/json.ts"
import { failure, type Outcome, RPC, success } from "../../mcp/message.ts"
import type { OperationTool } from "../../mcp/openapi-operation.ts"
import { operationRequest } from "../../mcp/openapi-request.ts"
import { openApiTools } from "../../mcp/openapi-tools.ts"
import { type CallEvents, type Peer, type PeerCall, type PendingCall, ServerFault } from "./peer.ts"
import { ServiceAnswer, type ServiceReply } from "./service-answer.ts"

type OpenApiPlan = Extract<McpServerPlan, { kind: "openapi" }>

/** A service with an OpenAPI document as a server whose tools are its operations. */
export class OpenApiPeer implements Peer {
  readonly era = "stateless"
  readonly capabilities: JsonObject = { tools: {} }
  readonly #plan: OpenApiPlan
  readonly #client: Client
  readonly #tools: ReadonlyMap<string, OperationTool>

  private constructor(plan: OpenApiPlan, client: Client, tools: ReadonlyMap<string, OperationTool>) {
    this.#plan = plan
    this.#client = client
    this.#tools = tools
  }

  /** @throws ServerFault where the document cannot be read. */
  static async load(plan: OpenApiPlan, client: Client): Promise<OpenApiPeer> {
    const tools = openApiTools(await documentAt(plan.file))
    if ("fault" in tools) throw new ServerFault("malformed", `the OpenAPI document is ${tools.fault}`)
    return new OpenApiPeer(plan, client, tools)
  }

  call({ method, params }: PeerCall, _: CallEvents): PendingCall {
    if (method === "tools/call") return this.#operate(textAt(params, "name") ?? "", objectAt(params, "arguments") ?? {})
    const done =
      method === "tools/list"
        ? success({ resultType: "complete", tools: [...this.#tools.values()].map(({ tool }) => tool), ...FRESH })
        : failure(RPC.methodNotFound, `a service with an OpenAPI document has no ${method}`)
    return { outcome: Promise.resolve(done), cancel: () => undefined }
  }

  notify(): void {
    // A service knows nothing of the protocol.
  }

  close(): void {
    // Nothing is held open between calls.
  }

  #operate(name: string, given: JsonObject): PendingCall {
    const operation = this.#tools.get(name)?.operation
    const settled = (outcome: Outcome): PendingCall => ({
      outcome: Promise.resolve(outcome),
      cancel: () => undefined,
    })
    if (operation === undefined) return settled(failure(RPC.invalidParams, "there is no such operation"))
    const request = operationRequest(operation, given)
    // Told as the tool's own error, which the model that called it reads and can mend (2025-11-25, Tools, Error Handling).
    if (request.kind === "refused") return settled(success(told(request.why, undefined, true)))
    const { origin, basePath, headers } = this.#plan
    const answer = new ServiceAnswer(this.#client, origin, headers, { ...request, target: basePath + request.target })
    return {
      outcome: answer.reply.then((it) => success(resultOf(it))),
      cancel: (reason) => answer.abort(reason),
    }
  }
}

const FRESH = { ttlMs: 3_600_000, cacheScope: "public" } as const

/** A relative path was made absolute when the plan was built. */
async function documentAt(file: string): Promise<Json | undefined> {
  let text: string
  try {
    text = await Bun.file(file).text()
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown"
    throw new ServerFault("unreachable", `the OpenAPI document cannot be read: ${code}`)
  }
  const json = readJson(text)
  if (json !== undefined) return json
  try {
    return parse(text)
  } catch {
    return undefined
  }
}

function resultOf({ status, type, body }: ServiceReply): JsonObject {
  const isError = status >= 400
  const value = type === "application/json" || type.endsWith("+json") ? readJson(body) : undefined
  const text = isError ? `The service answered ${status}.${body === "" ? "" : `\n\n${body}`}` : body
  return told(text === "" ? `The service answered ${status} without a body.` : text, value, isError)
}

const told = (text: string, value: Json | undefined, isError: boolean): JsonObject => ({
  resultType: "complete",
  content: [{ type: "text", text }],
  // Up to 2025-11-25 it has to be an object.
  ...(isObject(value) ? { structuredContent: value } : {}),
  ...(isError ? { isError } : {}),
})
