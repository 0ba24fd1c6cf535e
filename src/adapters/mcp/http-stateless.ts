import { namedBy, toField } from "../../mcp/field-value.ts"
import { type JsonObject, objectAt, textAt } from "../../mcp/json.ts"
import { type Message, type Outcome, requestText } from "../../mcp/message.ts"
import { META, STATELESS } from "../../mcp/revision.ts"
import { HttpAnswer, type HttpTarget } from "./http-answer.ts"
import { type CallEvents, type Peer, type PeerCall, type PendingCall, ServerFault } from "./peer.ts"

/** A server of the stateless revision over HTTP: each call is a request of its own, and ends with it. */
export class HttpStateless implements Peer {
  readonly era = "stateless"
  readonly capabilities: JsonObject
  readonly #target: HttpTarget
  #ids = 0

  constructor(target: HttpTarget, capabilities: JsonObject) {
    this.#target = target
    this.capabilities = capabilities
  }

  call(call: PeerCall, events: CallEvents): PendingCall {
    return statelessCall(this.#target, ++this.#ids, call, events)
  }

  notify(): void {
    // This revision has no notifications of clients over HTTP.
  }

  close(): void {
    // Nothing is held open between calls.
  }
}

export function statelessCall(target: HttpTarget, id: number, call: PeerCall, events: CallEvents): PendingCall {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
  let isAnswered = false
  const answer = new HttpAnswer(
    target,
    { method: "POST", fields: fieldsOf(call), body: requestText(id, call.method, call.params) },
    {
      onHead: () => {
        // What matters stands in the message.
      },
      onMessage: (message) => {
        const outcome = outcomeIn(message, id)
        if (outcome !== undefined && !isAnswered) {
          isAnswered = true
          resolve(outcome)
        } else if (message.kind === "notification" && !isAnswered) events.onNotification(message.method, message.params)
      },
      onEnd: () => reject(new ServerFault("cut", "the answer ended without a response")),
      onFault: reject,
    },
  )
  // Nobody may be there to hear of a call that was given up.
  promise.catch(() => undefined)
  return {
    outcome: promise,
    cancel: (reason) => {
      answer.abort()
      reject(new ServerFault("cut", reason))
    },
  }
}

/** A response to the request, or an error of a server that could not read whose. */
export function outcomeIn(message: Message, id: number): Outcome | undefined {
  if (message.kind !== "response") return undefined
  return message.id === id || (message.id === null && message.outcome.kind === "error") ? message.outcome : undefined
}

function fieldsOf({ method, params, fields }: PeerCall): readonly (readonly [string, string])[] {
  const meta = objectAt(params, "_meta")
  const revision = (meta === undefined ? undefined : textAt(meta, META.version)) ?? STATELESS
  const member = namedBy(method)
  const name = member === undefined ? undefined : textAt(params, member)
  return [
    ["MCP-Protocol-Version", revision],
    ["Mcp-Method", method],
    ...(name === undefined ? [] : [["Mcp-Name", toField(name)] as const]),
    ...fields,
  ]
}
