import type { Denial } from "../decision/decide.ts"
import type { Explanation } from "../decision/explain.ts"
import { fixes } from "../decision/fixes.ts"
import type { Audience } from "../decision/party.ts"
import type { Phase } from "../decision/stage.ts"
import { isList, type Unknown, type Value } from "../decision/value.ts"
import type { World } from "../facts/world.ts"
import { errorBody } from "../models/openai/error-body.ts"
import type { Call } from "./call.ts"
import { httpDate } from "./http-date.ts"
import { problem } from "./problem.ts"
import { refusedStatus } from "./proxy-status.ts"
import { rateLines, seconds } from "./rate-fields.ts"
import { reasonOf } from "./reason.ts"

/** Answers a refusal, cut to whoever reads it; cuts the answer where one has begun. Returns the status sent. */
export function refuse(call: Call, denial: Denial<World>, phase: Phase): number {
  const { status } = denial.cause
  if (call.exchangeOpen) {
    call.exchange.cut()
    return call.upstreamStatus ?? status
  }
  if (call.answered) return 0
  const audience = call.audience()
  const wording = isModelCall(call) ? modelError : problem
  const { explanation, body } = call.running.explained.of(denial, audience, phase, wording)
  call.exchange.reply(status, head(call, explanation, denial, audience), body(call.decision))
  return status
}

function head(
  call: Call,
  { status, cause }: Explanation,
  { evidence: [{ required }] }: Denial<World>,
  audience: Audience,
): string {
  const type = isModelCall(call) ? "application/json" : "application/problem+json"
  let lines = `HTTP/1.1 ${status} ${reasonOf(status)}\r\nDate: ${httpDate(call.now)}\r\nContent-Type: ${type}\r\nCache-Control: no-store\r\n`
  lines += `Pinpoint-Decision: ${call.decision}\r\nPinpoint-Cause: ${cause}\r\nProxy-Status: ${refusedStatus(cause)}\r\nX-Request-Id: ${call.requestId}\r\n`
  if (status === 401) lines += challenge(cause === "identity/key-invalid" ? ', error="invalid_token"' : "")
  if (cause === "access/scope-missing")
    lines += challenge(`, error="insufficient_scope"${scopeNeeded(required, audience)}`)
  if (status === 405) lines += `Allow: ${allowed(required)}\r\n`
  if (call.metering !== undefined) lines += rateLines(call.metering)
  if (status === 429 && call.metering !== undefined) lines += `Retry-After: ${seconds(call.metering.resetsIn)}\r\n`
  else if (status === 503) lines += "Retry-After: 1\r\n"
  return lines
}

/** RFC 6750 §3: what to send, and what was wrong with what was sent. */
const challenge = (more: string): string => `WWW-Authenticate: Bearer realm="pinpoint"${more}\r\n`

const scopeNeeded = (required: Value | Unknown, audience: Audience): string =>
  audience === "anonymous" || !isList(required) ? "" : `, scope="${required.join(" ")}"`

const allowed = (required: Value | Unknown): string => (isList(required) ? required.join(", ") : "")

/** Model routes answer in the dialect their SDKs read. */
function isModelCall({ running, frame }: Call): boolean {
  const kind = running.destinationOf(frame)?.kind
  return kind === "chat" || kind === "models"
}

function modelError(explanation: Explanation, decision: string): string {
  const { status, title, detail, cause, stage, evidence, near } = explanation
  return errorBody(status, `${title}. ${detail}`, cause, {
    cause,
    title,
    stage,
    decision,
    evidence,
    near,
    fix: fixes(explanation),
  })
}
