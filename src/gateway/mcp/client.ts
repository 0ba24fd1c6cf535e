import { type CallEvents, NOBODY, type Peer } from "../../adapters/mcp/peer.ts"
import type { ClientSaid } from "../../mcp/between-eras.ts"
import type { Envelope } from "../../mcp/envelope.ts"
import type { JsonObject } from "../../mcp/json.ts"
import { notificationText } from "../../mcp/message.ts"
import type { McpHub } from "./hub.ts"
import type { Reply } from "./reply.ts"
import type { ServerEntry } from "./servers.ts"
import type { Session } from "./session.ts"

/** Whoever asks, in whichever revision: how servers are reached for it, and how it hears of what they say. */
export interface McpClient {
  readonly said: ClientSaid
  /** @throws ServerFault */
  peer(server: ServerEntry): Promise<Peer>
  /** What a server says while it works on a call that is answered there. */
  events(server: ServerEntry, answer: Reply): CallEvents
}

/** Notifications that belong to a call; others are for those who asked to hear of changes. */
const OF_A_CALL: ReadonlySet<string> = new Set(["notifications/progress", "notifications/message"])

export function statelessClient({ capabilities, clientInfo, logLevel }: Envelope): McpClient {
  return {
    said: { era: "stateless", capabilities, clientInfo, logLevel },
    peer: ({ link }) => link.shared(),
    events: (_, answer) => ({
      ...NOBODY,
      onNotification: (method, params) => {
        // A client that did not say how much it wants to be told is told nothing (2026-07-28, Logging).
        if (method === "notifications/message" && logLevel === undefined) return
        if (OF_A_CALL.has(method)) answer.send(notificationText(method, params))
      },
    }),
  }
}

export function sessionClient(hub: McpHub, session: Session): McpClient {
  const { capabilities, clientInfo, logLevel, revision } = session
  return {
    said: { era: "sessions", capabilities, clientInfo, logLevel },
    peer: (server) => {
      const known = session.peers.get(server.name)
      if (known !== undefined) return known
      const peer = server.link.session({ revision, capabilities, clientInfo }, sessionEvents(hub, session, server.name))
      session.peers.set(server.name, peer)
      peer.then(
        (it) => levelled(it, session),
        () => session.peers.delete(server.name),
      )
      return peer
    },
    events: (server, answer) => ({
      onNotification: (method, params) => {
        const told = notificationText(method, hub.servers.form(server).notification(method, params))
        if (!OF_A_CALL.has(method) || !answer.send(told)) session.tell(told)
      },
      onRequest: (method, params) => session.ask(method, params, answer.isOver ? undefined : answer),
    }),
  }
}

/** What a session of a server says beside all calls goes to the client it was begun for. */
function sessionEvents(hub: McpHub, session: Session, name: string) {
  return {
    onNotification: (method: string, params: JsonObject) => {
      const server = hub.servers.named(name)
      if (server === undefined) return
      if (method === "notifications/tools/list_changed") server.catalogue.forget()
      session.tell(notificationText(method, hub.servers.form(server).notification(method, params)))
    },
    onRequest: (method: string, params: JsonObject) => session.ask(method, params, undefined),
    onClosed: () => {
      session.peers.delete(name)
    },
  }
}

function levelled(peer: Peer, { logLevel }: Session): void {
  if (logLevel === undefined || peer.era !== "sessions" || peer.capabilities.logging === undefined) return
  peer
    .call({ method: "logging/setLevel", params: { level: logLevel }, fields: new Map() }, NOBODY)
    // A server that has no levels tells what it tells.
    .outcome.catch(() => undefined)
}
