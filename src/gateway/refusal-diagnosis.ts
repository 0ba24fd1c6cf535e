import type { UpstreamRefusal } from "../ports/records.ts"
import type { Call } from "./call.ts"
import type { RefusalSeen } from "./refusal-seen.ts"

/** Most refusals that wait to be diagnosed; what comes beyond is kept without. A flood of refusals must not hold up requests. */
const MOST_WAITING = 256
/** Answers remembered: an upstream mostly refuses in the same words. */
const MOST_REMEMBERED = 512
const MOST_CAUSES = 3
const MOST_QUOTES = 3

const remembered = new Map<string, UpstreamRefusal>()
let waiting = 0

/** Diagnoses the refusal of an upstream between two turns. Undefined when too many wait. @throws what the diagnosis throws */
export async function diagnoseRefusal(call: Call, seen: RefusalSeen): Promise<UpstreamRefusal | undefined> {
  if (waiting >= MOST_WAITING) return undefined
  const { host, query } = call.exchange.head
  const request = `${call.method} ${call.path}${query} HTTP/1.1\r\nHost: ${host}`
  const { headers, body } = seen
  waiting++
  try {
    await new Promise((resolve) => setImmediate(resolve))
    const key = `${call.method}\n${host}\n${withoutNoise(headers)}\n${body}`
    const known = remembered.get(key)
    if (known !== undefined) return known
    const found = await diagnosed(request, headers, body)
    if (remembered.size >= MOST_REMEMBERED) remembered.clear()
    remembered.set(key, found)
    return found
  } finally {
    waiting--
  }
}

/** Without what differs with every answer. */
const withoutNoise = (headers: string): string => headers.replace(/^(?:date|age|cf-ray|x-[a-z-]*(?:id|ref)):.*$/gim, "")

/** Loaded with the first refusal: a gateway whose upstreams never refuse does not hold the knowledge of why they may. */
async function diagnosed(request: string, headers: string, body: string): Promise<UpstreamRefusal> {
  const { assemble } = await import("../exhibits/assemble.ts")
  const { diagnose } = await import("../diagnosis/diagnose.ts")
  const { FOREIGN_CAUSES } = await import("../foreign/packed.ts")
  const exhibits = assemble([
    { part: "request", from: "request", text: request },
    { part: "headers", from: "response_headers", text: headers },
    ...(body === "" ? [] : [{ part: "body", from: "response_body", text: body } as const]),
  ])
  const { emitter, causes } = diagnose(exhibits, FOREIGN_CAUSES, [])
  return {
    emitter,
    causes: causes.slice(0, MOST_CAUSES).map(({ code, confidence, evidence }) => ({
      code,
      confidence,
      // Of the answer only: what is remembered may be told of another request that was answered the same.
      quotes: evidence
        .flatMap((it) => ("quote" in it && it.from.startsWith("response_") ? [it.quote] : []))
        .slice(0, MOST_QUOTES),
    })),
  }
}
