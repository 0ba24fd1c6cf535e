import type { Permit } from "../../decision/decide.ts"
import { DEFAULT_PLACES } from "../../facts/identity.ts"
import { toolPatternsOf } from "../../facts/mcp.ts"
import type { CredentialPlace, World } from "../../facts/world.ts"
import { isObject, objectAt, own, textAt } from "../../mcp/json.ts"
import { failure, RPC, type RpcRequest, success } from "../../mcp/message.ts"
import { negotiated } from "../../mcp/revision.ts"
import type { Call } from "../call.ts"
import type { Ending } from "../ending.ts"
import { Answer } from "./answer.ts"
import { type McpClient, statelessClient } from "./client.ts"
import { discovered, initialized } from "./greeting.ts"
import { list } from "./list.ts"
import { listen } from "./listen.ts"
import { isListMethod } from "./lists.ts"
import { McpCall } from "./mcp-call.ts"
import type { Session } from "./session.ts"
import { sessionMessage } from "./session-message.ts"

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
  const allowed = allowedTo(call, places)
  switch (asked.kind) {
    case "stateless":
      stateless(call, answer, asked.request, statelessClient(asked.envelope), allowed)
      break
    case "initialize":
      initialize(call, answer, asked.request)
      break
    case "session":
      sessionMessage(call, answer, asked, allowed)
      break
    case "unheard":
      answer.accepted()
      break
    case "listen":
      hear(asked.session, answer)
      break
    case "end":
      call.running.outside.mcp.end(asked.session)
      answer.ended()
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
  else if (isListMethod(method)) list(call, answer, request, client, allowed)
  else new McpCall(call.running.outside.mcp, answer, client).run(request, call.exchange.head.fields)
}

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

/** The stream on which a client hears what belongs to no call. */
function hear(session: Session, answer: Answer): void {
  answer.onGone = () => session.leave(answer)
  answer.stream()
  session.listen(answer)?.end()
}
