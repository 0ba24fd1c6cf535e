import type { Message } from "../../mcp/message.ts"
import type { McpHub } from "./hub.ts"
import type { Reply } from "./reply.ts"
import type { Session } from "./session.ts"
import { sessionMessage } from "./session-message.ts"

/** What a client wants of its session. */
export type SessionWork =
  | { readonly kind: "message"; readonly message: Message }
  | { readonly kind: "listen" }
  | { readonly kind: "end" }

/** Does it, in the thread that holds the session. `allowed`: patterns of what the client may use. */
export function inSession(
  hub: McpHub,
  reply: Reply,
  session: Session,
  work: SessionWork,
  allowed: readonly string[],
): void {
  switch (work.kind) {
    case "message":
      sessionMessage(hub, reply, session, work.message, allowed)
      break
    case "listen":
      reply.onGone = () => session.leave(reply)
      reply.stream()
      session.listen(reply)?.end()
      break
    case "end":
      hub.end(session)
      reply.ended()
      break
  }
}
