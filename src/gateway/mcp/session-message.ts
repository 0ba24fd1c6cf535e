import { NO_FIELDS, NOBODY } from "../../adapters/mcp/peer.ts"
import { own, textAt } from "../../mcp/json.ts"
import { failure, type Message, RPC, type RpcNotification, type RpcRequest, success } from "../../mcp/message.ts"
import { sessionClient } from "./client.ts"
import type { McpHub } from "./hub.ts"
import { list } from "./list.ts"
import { isListMethod } from "./lists.ts"
import { McpCall } from "./mcp-call.ts"
import type { Reply } from "./reply.ts"
import type { Session } from "./session.ts"

const LEVELS = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"]

/** One message of a client in its session. */
export function sessionMessage(
  hub: McpHub,
  answer: Reply,
  session: Session,
  message: Message,
  allowed: readonly string[],
): void {
  switch (message.kind) {
    case "response":
      if (message.id !== null) session.answered(message.id, message.outcome)
      answer.accepted()
      break
    case "notification":
      notified(session, message)
      answer.accepted()
      break
    case "request":
      asked(hub, answer, session, message, allowed)
      break
  }
}

function notified(session: Session, { method, params }: RpcNotification): void {
  if (method === "notifications/cancelled") {
    const id = own(params, "requestId")
    if (typeof id === "string" || typeof id === "number")
      session.calls.get(id)?.cancel(textAt(params, "reason") ?? "the client cancelled")
  } else if (method === "notifications/roots/list_changed")
    for (const peer of session.peers.values()) peer.then((it) => it.notify(method, params)).catch(() => undefined)
}

function asked(hub: McpHub, answer: Reply, session: Session, request: RpcRequest, allowed: readonly string[]): void {
  const client = sessionClient(hub, session)
  if (request.method === "ping") answer.finish(success({}))
  else if (request.method === "logging/setLevel") setLevel(answer, session, textAt(request.params, "level"))
  else if (isListMethod(request.method)) list(hub, answer, request, client, allowed)
  else if (session.calls.has(request.id))
    answer.finish(failure(RPC.invalidRequest, "a request with this id is still under way"))
  else {
    const asking = new McpCall(hub, answer, client)
    session.calls.set(request.id, asking)
    session.lines.add(answer)
    asking.run(request, NO_FIELDS).finally(() => {
      session.calls.delete(request.id)
      session.lines.delete(answer)
    })
  }
}

/** For the servers the client is connected to already, and those to come. */
function setLevel(answer: Reply, session: Session, level: string | undefined): void {
  if (level === undefined || !LEVELS.includes(level)) {
    answer.finish(failure(RPC.invalidParams, `a level is one of ${LEVELS.join(", ")}`))
    return
  }
  session.logLevel = level
  const told = [...session.peers.values()].map(async (peer) => {
    const it = await peer
    if (it.era !== "sessions" || it.capabilities.logging === undefined) return
    await it.call({ method: "logging/setLevel", params: { level }, fields: new Map() }, NOBODY).outcome
  })
  Promise.allSettled(told).then(() => answer.finish(success({})))
}
