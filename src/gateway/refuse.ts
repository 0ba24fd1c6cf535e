import type { Denial } from "../decision/decide.ts"
import { type Explanation, explain } from "../decision/explain.ts"
import { fixes } from "../decision/fixes.ts"
import type { Audience } from "../decision/party.ts"
import type { Phase } from "../decision/stage.ts"
import { isList, type Unknown, type Value } from "../decision/value.ts"
import type { World } from "../facts/world.ts"
import type { Dialect, ToldError } from "../models/codec.ts"
import { INBOUND } from "../models/codecs.ts"
import { parseObject } from "../models/json.ts"
import type { Call } from "./call.ts"
import { httpDate } from "./http-date.ts"
import { answering, endMcpStream, isMcp, mcpError, mcpStatus } from "./mcp/refusal.ts"
import { listDialect } from "./models/list-dialect.ts"
import { problem } from "./problem.ts"
import { refusedStatus } from "./proxy-status.ts"
import { rateLines, seconds } from "./rate-fields.ts"
import { reasonOf } from "./reason.ts"

/** Answers a refusal, cut to whoever reads it; cuts the answer where one has begun. Returns the status sent. */
export function refuse(call: Call, denial: Denial<World>, phase: Phase): number {
  const { status } = denial.cause
  if (call.exchangeOpen) {
    if (!toldInStream(call, denial, phase) && !endMcpStream(call, denial, phase)) call.exchange.cut()
    return call.upstreamStatus ?? status
  }
  if (call.answered) return 0
  const audience = call.audience()
  const dialect = dialectOf(call)
  const ofMcp = isMcp(call)
  const wording = ofMcp ? mcpError : dialect === undefined ? problem : ERRORS[dialect]
  const { explanation, body } = call.running.explained.of(denial, audience, phase, wording)
  const sent = ofMcp ? mcpStatus(call, explanation.cause, status) : status
  const text = ofMcp ? answering(call, body(call.decision)) : body(call.decision)
  call.exchange.reply(sent, head(call, { ...explanation, status: sent }, denial, audience), text)
  return sent
}

function head(
  call: Call,
  { status, cause }: Explanation,
  { evidence: [{ required }] }: Denial<World>,
  audience: Audience,
): string {
  const type = dialectOf(call) !== undefined || isMcp(call) ? "application/json" : "application/problem+json"
  let lines = `HTTP/1.1 ${status} ${reasonOf(status)}\r\nDate: ${httpDate(call.now)}\r\nContent-Type: ${type}\r\nCache-Control: no-store\r\n`
  lines += `Pinpoint-Decision: ${call.decision}\r\nPinpoint-Cause: ${cause}\r\nProxy-Status: ${refusedStatus(cause)}\r\nX-Request-Id: ${call.requestId}\r\n`
  if (status === 401) lines += challenge(cause === "identity/key-invalid" ? ', error="invalid_token"' : "")
  if (cause === "access/scope-missing")
    lines += challenge(`, error="insufficient_scope"${scopeNeeded(required, audience)}`)
  if (status === 405) lines += `Allow: ${allowed(required)}\r\n`
  if (call.metering !== undefined) lines += rateLines(call.metering)
  if (status === 429 && call.metering !== undefined) lines += `Retry-After: ${seconds(call.metering.resetsIn)}\r\n`
  else if (call.model?.retryAfter !== undefined) lines += `Retry-After: ${seconds(call.model.retryAfter)}\r\n`
  else if (status === 503) lines += "Retry-After: 1\r\n"
  return lines
}

/** RFC 6750 §3: what to send, and what was wrong with what was sent. */
const challenge = (more: string): string => `WWW-Authenticate: Bearer realm="pinpoint"${more}\r\n`

const scopeNeeded = (required: Value | Unknown, audience: Audience): string =>
  audience === "anonymous" || !isList(required) ? "" : `, scope="${required.join(" ")}"`

const allowed = (required: Value | Unknown): string => (isList(required) ? required.join(", ") : "")

/** Model routes answer in the dialect their SDKs read. */
function dialectOf(call: Call): Dialect | undefined {
  const destination = call.running.destinationOf(call.frame)
  if (destination?.kind === "model")
    return destination.endpoint.own === undefined ? destination.endpoint.dialect : undefined
  return destination?.kind === "models" ? listDialect(call, destination) : undefined
}

const ERRORS: { readonly [D in Dialect]: (explanation: Explanation, decision: string) => string } = {
  "openai-chat": wordingOf("openai-chat"),
  "openai-completions": wordingOf("openai-completions"),
  "openai-responses": wordingOf("openai-responses"),
  anthropic: wordingOf("anthropic"),
  gemini: wordingOf("gemini"),
}

/** One function for each dialect, made once, as what is remembered of a refusal is remembered with its wording. */
function wordingOf(dialect: Dialect) {
  return (explanation: Explanation, decision: string): string =>
    JSON.stringify(INBOUND[dialect].writeError(toldError(explanation, decision)))
}

function toldError(explanation: Explanation, decision: string): ToldError {
  const { status, title, detail, cause, stage, evidence, near } = explanation
  const facts = { cause, title, stage, decision, evidence, near, fix: fixes(explanation) }
  return {
    status,
    message: `${title}. ${detail}`,
    code: cause,
    ...(cause === "model/not-found" || cause === "model/not-named" ? { param: "model" } : {}),
    facts: parseObject(JSON.stringify(facts)) ?? {},
  }
}

/** Ends a stream that has begun with an error of its dialect. False where there is no such stream. */
function toldInStream(call: Call, denial: Denial<World>, phase: Phase): boolean {
  const { model, exchange } = call
  if (model?.stream === undefined) return false
  if (!model.isErrorTold) {
    const explanation = explain(denial, call.audience(), phase, NO_MENDS)
    exchange.write(Buffer.from(model.stream.fail(toldError(explanation, call.decision))))
  }
  exchange.end()
  return true
}

/** In the middle of an answer nothing can be mended any more. */
const NO_MENDS = { changes: 0, frames: 0 }
