import type { Reply } from "./server.fixture.ts"
import { Refused, type Turn, type Wire } from "./wire.fixture.ts"

/**
 * Model names that ask for a fault. By status: `fault-401`, `-403`, `-404`, `-408`, `-429`, `-429-retry` (with
 * `Retry-After: 1`), `-500`, `-502`, `-503`, `-529`. By what comes over the wire, the request being read first:
 */
const wireFaults = {
  "fault-html": "status 200 and a page of HTML",
  "fault-html-502": "status 502 and a page of HTML",
  "fault-truncated-json":
    "the answer's JSON ends in its middle, the HTTP message is whole; of a stream, its middle event",
  "fault-truncated-stream": "the stream ends in its middle, at an event, the HTTP message is whole",
  "fault-cut-stream": "the connection ends in the stream's middle, within an event",
  "fault-silence": "the request is taken and never answered",
  "fault-stall": "the stream stops in its middle, the connection stays; a whole answer never comes",
  "fault-midstream-error": "the format's own error in the stream's middle; for a whole answer, status 500",
  slow: "50 ms before each event of a stream",
} as const

/** Throws where the model's name asks for a status. */
export function meetFault(model: string): void {
  const [, digits, retry] = /fault-(\d{3})(-retry)?$/.exec(model) ?? []
  if (digits === undefined || model.includes("html")) return
  const status = Number(digits)
  const message = messages[status] ?? `The scripted fault ${digits}`
  throw new Refused({
    status,
    message: message.replace("%s", model),
    ...(retry && { headers: { "retry-after": "1" } }),
  })
}

const messages: Readonly<Record<number, string>> = {
  401: "Incorrect API key provided.",
  403: "You do not have permission to use this model.",
  404: "The model `%s` does not exist or you do not have access to it.",
  408: "The request timed out.",
  429: "Rate limit reached for requests per minute.",
  500: "The server had an error while processing your request.",
  502: "Bad gateway.",
  503: "The service is temporarily unavailable.",
  529: "Overloaded",
}

const page = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"

/** The reply, broken as the model's name asks. */
export function broken(model: string, reply: Reply, wire: Wire, turn: Turn): Reply {
  if (reply.kind === "silence") return reply
  const fault = Object.keys(wireFaults).find(
    (it) => model === it || model.endsWith(`/${it}`) || model.endsWith(`.${it}`),
  )
  if (fault === undefined) return reply
  if (fault === "fault-silence") return { kind: "silence" }
  if (fault.startsWith("fault-html")) {
    const status = fault === "fault-html" ? 200 : 502
    return { kind: "whole", status, headers: { "content-type": "text/html; charset=utf-8" }, body: page }
  }
  return reply.kind === "whole" ? brokenWhole(fault, reply, wire, turn) : brokenStream(fault, reply, wire)
}

function brokenWhole(fault: string, reply: Extract<Reply, { kind: "whole" }>, wire: Wire, turn: Turn): Reply {
  if (fault === "slow") return reply
  if (fault === "fault-stall") return { kind: "silence" }
  if (fault === "fault-midstream-error") {
    return wire.refuse({ status: 500, message: "The server had an error while processing your request." }, turn)
  }
  const body = Buffer.from(reply.body)
  return { ...reply, body: body.subarray(0, body.length / 2) }
}

function brokenStream(fault: string, reply: Extract<Reply, { kind: "stream" }>, { midstream }: Wire): Reply {
  if (fault === "slow") return { ...reply, pause: 50 }
  const middle = Math.floor(reply.frames.length / 2)
  const frames = reply.frames.slice(0, middle)
  const next = reply.frames[middle] ?? new Uint8Array()
  const half = next.subarray(0, next.length / 2)
  switch (fault) {
    case "fault-truncated-json":
      return { ...reply, frames: [...frames, half] }
    case "fault-truncated-stream":
      return { ...reply, frames }
    case "fault-stall":
      return { ...reply, frames, end: "never" }
    case "fault-midstream-error":
      if (midstream !== undefined) return { ...reply, frames: [...frames, midstream] }
      return { ...reply, frames: [...frames, half], end: "cut" }
    default:
      return { ...reply, frames: [...frames, half], end: "cut" }
  }
}
