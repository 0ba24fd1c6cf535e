import { type JsonObject, own } from "../../mcp/json.ts"
import { failure, RPC, type RpcRequest, success } from "../../mcp/message.ts"
import type { McpClient } from "./client.ts"
import type { McpHub } from "./hub.ts"
import { isListMethod, listOf } from "./lists.ts"
import type { Reply } from "./reply.ts"

/** A whole list, in one page: no cursor was ever given. */
export function list(
  { servers }: McpHub,
  answer: Reply,
  { method, params }: RpcRequest,
  client: McpClient,
  allowed: readonly string[],
): void {
  if (!isListMethod(method)) throw new Error(`${method} is no list`)
  if (own(params, "cursor") !== undefined) {
    answer.finish(failure(RPC.invalidParams, "lists here are one page, and no cursor was given out"))
    return
  }
  listOf(method, { servers, peer: (it) => client.peer(it), allowed })
    .then((result) => answer.finish(success(forEra(client, result))))
    .catch((error) => answer.fail(error))
}

function forEra(client: McpClient, result: JsonObject): JsonObject {
  if (client.said.era === "stateless") return { resultType: "complete", ...result }
  const { ttlMs: _, cacheScope: __, ...rest } = result
  return rest
}
