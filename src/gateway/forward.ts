import type { Destination } from "../config/gateway-plan.ts"
import type { Permit } from "../decision/decide.ts"
import { type CredentialPlace, placeName, type World } from "../facts/world.ts"
import type { Call } from "./call.ts"
import { causePage } from "./cause-page.ts"
import { fieldOf } from "./credential.ts"
import type { Ending } from "./ending.ts"
import { httpDate } from "./http-date.ts"
import { toMcp } from "./mcp/to-mcp.ts"
import { ModelCall } from "./models/model-call.ts"
import { modelLists } from "./models/model-lists.ts"
import { promptList } from "./models/prompt-list.ts"
import { rateLines } from "./rate-fields.ts"
import { reasonOf } from "./reason.ts"
import { Relay } from "./relay.ts"
import { forwardedLines } from "./relayed-fields.ts"
import { traceLines } from "./trace-context.ts"

/** Passes a permitted request on. It asks for the permit, so that nothing undecided can be passed. */
export function forward(call: Call, permit: Permit<World>, ending: Ending): void {
  const destination = call.running.destinationOf(permit)
  if (destination === undefined) throw new Error(`${call.method} ${call.path} was permitted and leads nowhere`)
  switch (destination.kind) {
    case "service":
      toService(call, new Relay(call, permit, ending), destination)
      break
    case "model":
      toModel(call, permit, ending)
      break
    case "models":
      answer(call, 200, "application/json", modelLists(call, destination))
      ending.completed(permit, 200)
      break
    case "prompts":
      answer(call, 200, "application/json", promptList(call, destination.prompts))
      ending.completed(permit, 200)
      break
    case "prompt-page":
      answer(call, 200, "application/json", destination.text)
      ending.completed(permit, 200)
      break
    case "mcp":
      toMcp(call, permit, ending, destination.places)
      break
    case "cause-page":
      toPage(call, permit, ending)
      break
  }
}

/** The pages are loaded with the first that is asked for; the caller may be gone by then. */
function toPage(call: Call, permit: Permit<World>, ending: Ending): void {
  causePage(call.path)
    .then(({ status, text }) => {
      if (call.answered) return
      answer(call, status, "text/markdown; charset=utf-8", text)
      ending.completed(permit, status)
    })
    .catch((fault) => ending.failed(fault))
}

function toService(call: Call, relay: Relay, to: Extract<Destination, { kind: "service" }>): void {
  const { head } = call.exchange
  const host = to.keepHost && head.host !== "" ? head.host : to.origin.authority
  const line = `${head.method} ${to.basePath}${head.path}${head.query} HTTP/1.1\r\nHost: ${host}\r\n`
  call.sink = relay
  relay.send({
    origin: to.origin,
    method: head.method,
    head: line + forwardedLines(head.fields, usedField(call, to.places)) + ownLines(call),
    framing: head.framing,
    replayable: isIdempotent(head.method),
  })
  if (head.framing.kind === "none") relay.endBody()
  else call.exchange.readBody()
}

function toModel(call: Call, permit: Permit<World>, ending: Ending): void {
  const { model } = call
  if (model?.choice === undefined) throw new Error("a model call was permitted without its model")
  const carried = new ModelCall(call, permit, ending, model, model.choice)
  call.sink = carried
  carried.start()
}

/** The field the gateway's own credential came in; empty where it asked for none. */
function usedField(call: Call, places: readonly CredentialPlace[]): string {
  if (places.length === 0) return ""
  const identity = call.identify(places)
  const place = identity.kind === "none" ? undefined : places.find((it) => placeName(it) === identity.place)
  return place === undefined ? "" : fieldOf(place)
}

/** What the gateway says of the request: who sent it, how it came, which trace and request it belongs to. */
function ownLines(call: Call): string {
  const { head, remoteAddress } = call.exchange
  const { fields } = head
  const trusted = call.running.trusts(remoteAddress)
  const before = trusted ? fields.all("x-forwarded-for").join(", ") : ""
  const proto = (trusted ? fields.get("x-forwarded-proto") : undefined) ?? "http"
  const host = (trusted ? fields.get("x-forwarded-host") : undefined) ?? head.host
  const standard = trusted ? fields.all("forwarded").join(", ") : ""
  let lines = `X-Forwarded-For: ${before === "" ? "" : `${before}, `}${remoteAddress}\r\nX-Forwarded-Proto: ${proto}\r\n`
  if (host !== "") lines += `X-Forwarded-Host: ${host}\r\n`
  if (standard !== "")
    lines += `Forwarded: ${standard}, for=${remoteAddress.includes(":") ? `"[${remoteAddress}]"` : remoteAddress}\r\n`
  return `${lines}Via: 1.${head.minor} pinpoint\r\nX-Request-Id: ${call.requestId}\r\n${traceLines(fields, call.decision)}`
}

/** RFC 9110 §9.2.2: sending it twice does what sending it once does. */
const isIdempotent = (method: string): boolean => method !== "POST" && method !== "PATCH"

/** An answer of the gateway's own to a permitted request. */
function answer(call: Call, status: number, type: string, body: string): void {
  const rate = call.metering === undefined ? "" : rateLines(call.metering)
  const head = `HTTP/1.1 ${status} ${reasonOf(status)}\r\nDate: ${httpDate(call.now)}\r\nContent-Type: ${type}\r\nPinpoint-Decision: ${call.decision}\r\nX-Request-Id: ${call.requestId}\r\n${rate}`
  call.exchange.reply(status, head, body)
}
