import type { Permit } from "../../decision/decide.ts"
import { DEFAULT_PLACES } from "../../facts/identity.ts"
import { toolPatternsOf } from "../../facts/mcp.ts"
import type { CredentialPlace, World } from "../../facts/world.ts"
import type { Fields } from "../../http/fields.ts"
import { isObject, objectAt, own, textAt } from "../../mcp/json.ts"
import { failure, RPC, type RpcRequest, success } from "../../mcp/message.ts"
import { negotiated } from "../../mcp/revision.ts"
import type { Call } from "../call.ts"
import type { Ending } from "../ending.ts"
import { Answer } from "./answer.ts"
import { type McpClient, statelessClient } from "./client.ts"
import { discovered, initialized } from "./greeting.ts"
import { inSession } from "./in-session.ts"
import { list } from "./list.ts"
import { listen } from "./listen.ts"
import { isListMethod } from "./lists.ts"
import { McpCall } from "./mcp-call.ts"

/** Answers a permitted request at the endpoint, or passes it on to the server it is for. */
export function toMcp(
  call: Call,
  permit: Permit<World>,
  ending: Ending,
  places: readonly CredentialPlace[] | undefined,
): void {
  const asked = call.mcp?.asked
  if (asked === undefined) throw new Error("a message was permitted that was never read")
  const answer = new Answer(call, permit, ending, call.mcp?.id)
  const { mcp } = call.running.outside
  const allowed = allowedTo(call, places)
  switch (asked.kind) {
    case "stateless":
      stateless(call, answer, asked.request, statelessClient(asked.envelope), allowed)
      break
    case "initialize":
      initialize(call, answer, asked.request)
      break
    case "session":
      inSession(mcp, answer, asked.session, asked.work, allowed)
      break
    case "elsewhere":
      mcp.elsewhere?.work(asked.session, call.keyName, asked.work, allowed, answer)
      break
    case "unheard":
      answer.accepted()
      break
  }
}

/** Patterns of what the caller may use: those of its key, and those that need none. */
function allowedTo(call: Call, places: readonly CredentialPlace[] | undefined): readonly string[] {
  return [...toolPatternsOf(call.identify(places ?? DEFAULT_PLACES)), ...call.running.outside.mcp.plan.tools]
}

function stateless(
  call: Call,
  answer: Answer,
  request: RpcRequest,
  client: McpClient,
  allowed: readonly string[],
): void {
  const { method } = request
  if (method === "server/discover") answer.finish(success(discovered()))
  else if (method === "subscriptions/listen") listen(call.running.outside.mcp, answer, request, client, allowed)
  else if (isListMethod(method)) list(call.running.outside.mcp, answer, request, client, allowed)
  else new McpCall(call.running.outside.mcp, answer, client).run(request, mirroredIn(call.exchange.head.fields))
}

/** Fields that repeat parameters of a tool. */
const mirroredIn = (fields: Fields): ReadonlyMap<string, string> =>
  new Map(fields.names.flatMap((it) => (it.startsWith("mcp-param-") ? [[it, fields.get(it) ?? ""]] : [])))

function initialize(call: Call, answer: Answer, { params }: RpcRequest): void {
  const { mcp } = call.running.outside
  const capabilities = own(params, "capabilities")
  const clientInfo = objectAt(params, "clientInfo")
  if (!isObject(capabilities) || clientInfo === undefined || textAt(params, "protocolVersion") === undefined) {
    answer.finish(failure(RPC.invalidParams, "initialize says protocolVersion, capabilities and clientInfo"))
    return
  }
  const revision = negotiated(textAt(params, "protocolVersion"))
  const session = mcp.begin(call.keyName, { revision, capabilities, clientInfo }, call.now)
  if (session === undefined) {
    answer.finish(failure(RPC.internal, "there are as many sessions as there may be; try again later"))
    return
  }
  answer.finish(success(initialized(revision)), `Mcp-Session-Id: ${session.id}\r\n`)
}
