import type { Denial } from "../../decision/decide.ts"
import { type Explanation, explain } from "../../decision/explain.ts"
import { fixes } from "../../decision/fixes.ts"
import type { Phase } from "../../decision/stage.ts"
import type { World } from "../../facts/world.ts"
import { eventOf } from "../../mcp/event-stream.ts"
import { RPC } from "../../mcp/message.ts"
import { STATELESS } from "../../mcp/revision.ts"
import type { Call } from "../call.ts"

/** In the middle of an answer nothing can be mended any more. */
const NO_MENDS = { changes: 0, frames: 0 }
const OPENING = '{"jsonrpc":"2.0",'
const DATA = '"data":{'

/**
 * Refusals of what a message asks for, which are answers to it: the exchange itself went well, and clients read the error of
 * an answer, and of another status only its text.
 */
const ANSWERS: ReadonlySet<string> = new Set([
  "access/tool-not-allowed",
  "access/prompt-not-allowed",
  "access/resource-not-allowed",
  "mcp/tool-unknown",
  "mcp/server-unavailable",
])

export const isMcp = ({ running, frame }: Call): boolean => running.destinationOf(frame)?.kind === "mcp"

/** The status a refusal is answered with. */
export function mcpStatus(call: Call, cause: string, status: number): number {
  if (call.mcp?.id === undefined) return status
  if (ANSWERS.has(cause)) return 200
  // A client with a session takes 404 for the end of it.
  return cause === "mcp/method-unknown" && call.mcp.isOfSession ? 200 : status
}

/** A refusal as a JSON-RPC error, without the id of the request: `answering` puts that in. */
export function mcpError(explanation: Explanation, decision: string): string {
  const { title, detail, cause, stage, evidence, near } = explanation
  const data = { cause, title, stage, decision, evidence, near, fix: fixes(explanation) }
  return JSON.stringify({ jsonrpc: "2.0", error: { code: codeOf(explanation), message: `${title}. ${detail}`, data } })
}

/** The error as an answer to this request. */
export function answering(call: Call, error: string): string {
  const id = call.mcp?.id
  const answer = id === undefined ? error : `${OPENING}"id":${JSON.stringify(id)},${error.slice(OPENING.length)}`
  const asked = call.mcp?.unsupported
  if (asked === undefined) return answer
  const versions = `"supported":${JSON.stringify([STATELESS])},"requested":${JSON.stringify(asked)},`
  return answer.replace(DATA, () => DATA + versions)
}

/** Ends a stream that has begun with an error to the request it answers. */
export function endMcpStream(call: Call, denial: Denial<World>, phase: Phase): boolean {
  if (call.mcp === undefined) return false
  const explanation = explain(denial, call.audience(), phase, NO_MENDS)
  call.exchange.write(Buffer.from(eventOf(answering(call, mcpError(explanation, call.decision)))))
  call.exchange.end()
  return true
}

/** Codes of JSON-RPC and of MCP where they have one; else the status, which is outside what JSON-RPC reserves. */
function codeOf({ cause, status, evidence: [{ observed }] }: Explanation): number {
  switch (cause) {
    case "mcp/message-unreadable":
      return String(observed).startsWith("not JSON") ? RPC.parse : RPC.invalidRequest
    case "mcp/envelope-invalid":
    case "mcp/tool-unknown":
      return RPC.invalidParams
    case "mcp/header-mismatch":
      return RPC.headerMismatch
    case "mcp/version-unsupported":
      return RPC.unsupportedVersion
    case "mcp/method-unknown":
      return RPC.methodNotFound
    default:
      return status
  }
}
