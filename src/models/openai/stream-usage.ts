import { isObject, type JsonObject, listOf, objectOf, parseObject } from "../json.ts"
import type { Quirks } from "../quirks.ts"
import { withMember } from "./json-text.ts"

/** Whether the usage of a stream has to be asked for, and the caller has not. `body`: of a chat or a completion. */
export const isUsageUnasked = (
  { stream, stream_options }: JsonObject,
  { streamUsage, refuses = [] }: Quirks,
): boolean =>
  stream === true &&
  streamUsage === undefined &&
  !refuses.includes("stream_options") &&
  (stream_options === undefined || stream_options === null || isObject(stream_options)) &&
  objectOf(stream_options)?.include_usage !== true

/** The same request, byte for byte, but asking that the stream end with its usage. `body`: what `bytes` say. */
export function withUsageAsked(bytes: Buffer, { stream_options }: JsonObject): Buffer {
  const asking = ascii(JSON.stringify({ ...objectOf(stream_options), include_usage: true }))
  if (stream_options !== undefined) return Buffer.from(withMember(bytes, "stream_options", asking))
  const opening = bytes.indexOf("{") + 1
  // It has a member in any case: the one that asks for a stream.
  return Buffer.concat([
    bytes.subarray(0, opening),
    Buffer.from(`"stream_options":${asking},`),
    bytes.subarray(opening),
  ])
}

const ascii = (json: string): string =>
  json.replace(/[\u0080-\uffff]/g, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`)

const USAGE = '"usage"'
const NO_CHOICES = /"choices"\s*:\s*\[\s*\]/
const BLANK = /\r\n\r\n|\n\r\n|\n\n|\r\r/g
/** Ends of lines and comments, which may stand before an event and are none of it. */
const BEFORE = /(?:[\r\n]|:[^\r\n]*(?:\r\n|\n|\r))*/y

/**
 * Whole server-sent events without the chunk that tells usage alone, which callers who did not ask for it do not expect:
 * it has no choice. All other bytes stay as they are. The events themselves where there is no such chunk.
 */
export function withoutUsageChunk(events: Buffer): Buffer {
  if (!events.includes(USAGE)) return events
  // One character a byte, so that positions are those of the bytes.
  const text = events.toString("latin1")
  if (!NO_CHOICES.test(text)) return events
  const kept: Buffer[] = []
  let from = 0
  const keep = (to: number): void => {
    const isAlone = isUsageAlone(events.toString("utf8", from, to))
    BEFORE.lastIndex = from
    const stays = isAlone ? from + (BEFORE.exec(text)?.[0].length ?? 0) : to
    kept.push(events.subarray(from, stays))
    from = to
  }
  for (const { 0: blank, index } of text.matchAll(BLANK)) keep(index + blank.length)
  if (from < events.length) keep(events.length)
  return Buffer.concat(kept)
}

function isUsageAlone(event: string): boolean {
  const data = Array.from(event.matchAll(/^data: ?(.*)$/gm), ([, it = ""]) => it).join("\n")
  if (!NO_CHOICES.test(data)) return false
  const chunk = parseObject(data)
  return (
    chunk !== undefined && Array.isArray(chunk.choices) && listOf(chunk.choices).length === 0 && isObject(chunk.usage)
  )
}
