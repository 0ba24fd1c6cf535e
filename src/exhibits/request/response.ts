import { isList, isMap, type Json, jsonOf } from "../json.ts"
import { MOST_FIELDS } from "../limits.ts"
import { linesOf } from "../lines.ts"
import type { Reading } from "./draft.ts"
import { fieldsOf, readField } from "./fields.ts"
import { isStatusLine, readMessages } from "./message.ts"
import { isTranscript, messagesOf } from "./transcript.ts"

/** An answer's headers (a head as sent, `curl -v` output, lines, JSON) or its body, which may come with its head. */
export function readResponse(part: "headers" | "body", text: string): Reading {
  if (isTranscript(text)) return withoutRequest(readMessages(messagesOf(text)))
  const begin = text.trimStart()
  if (isStatusLine(begin.split("\n", 1)[0]?.trimEnd() ?? "")) return withoutRequest(readMessages(text))
  if (part === "body") return { response: { headers: new Map(), areHeadersComplete: false, body: text } }
  const headers = fieldsOf(/^[{[]/.test(begin) ? pairsOf(jsonOf(begin)) : linePairs(text))
  const status =
    /^(?:status(?: code)?:?[ \t]*)?([1-5]\d\d)\b/im.exec(begin.slice(0, 4096))?.[1] ?? headers.get(":status")
  return {
    response: {
      ...(status === undefined || !/^[1-5]\d\d$/.test(status) ? {} : { status: Number(status) }),
      headers,
      areHeadersComplete: headers.size >= WHOLE,
    },
  }
}

/** An answer's head that someone shortened seldom keeps this many fields. */
const WHOLE = 4

const withoutRequest = ({ response, head }: Reading): Reading => ({
  ...(response === undefined ? {} : { response }),
  ...(head === undefined ? {} : { head }),
})

function* linePairs(text: string): Generator<readonly [string, string]> {
  for (const { text: line } of linesOf(text).slice(0, MOST_FIELDS * 4)) {
    const field = readField(line.replace(/^[<>] ?/, "").trim())
    if (field !== undefined) yield field
  }
}

/** `{"server": "nginx"}`, `[{"name": "server", "value": "nginx"}]`, `[["server", "nginx"]]`. */
function pairsOf(value: Json | undefined): readonly (readonly [string, string])[] {
  if (isMap(value))
    return Object.entries(value).flatMap(([name, it]) =>
      (isList(it) ? it : [it]).map((one) => [name, wordOf(one)] as const),
    )
  if (!isList(value)) return []
  return value.slice(0, MOST_FIELDS).flatMap((it) => {
    if (isList(it)) return typeof it[0] === "string" ? [[it[0], wordOf(it[1])] as const] : []
    return isMap(it) && typeof it.name === "string" ? [[it.name, wordOf(it.value)] as const] : []
  })
}

const wordOf = (value: Json | undefined): string =>
  typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : ""
