import type { Call } from "../call.ts"
import { httpDate } from "../http-date.ts"
import { rateLines } from "../rate-fields.ts"
import { reasonOf } from "../reason.ts"

/** The head of a model's answer. `lines`: its own fields, each ended by CRLF; `dropped`: what could not be carried. */
export function answerHead(call: Call, status: number, lines: string, dropped: readonly string[]): string {
  let head = `HTTP/1.1 ${status} ${reasonOf(status)}\r\n${lines}`
  if (!/^date:/im.test(lines)) head += `Date: ${httpDate(call.now)}\r\n`
  head += `Pinpoint-Decision: ${call.decision}\r\nX-Request-Id: ${call.requestId}\r\n`
  if (call.model?.target !== undefined) head += `Pinpoint-Target: ${fieldText(call.model.target)}\r\n`
  const cache = call.model?.memory?.status
  if (cache !== undefined) head += `Cache-Status: ${cache}\r\n`
  if (dropped.length > 0) head += `Pinpoint-Dropped: ${dropped.map(fieldText).join(", ")}\r\n`
  return call.metering === undefined ? head : head + rateLines(call.metering)
}

/** What may stand in a field's value (RFC 9110 §5.5), without the comma that parts the list. */
export const fieldText = (name: string): string => name.replace(/[^\x21-\x2b\x2d-\x7e]+/g, "_")
