import { type Arguments, type Literal, readArguments } from "../script/literal.ts"
import { type Reading, seenRequest } from "./draft.ts"
import { fieldsOf } from "./fields.ts"
import { readUrl } from "./url.ts"

const CALL =
  /\b(?:(fetch|ky|got|axios|requests|httpx|session|client|http)(?:\.(get|post|put|patch|delete|head|options|request))?)\(/gi

/** Calls of one text that are looked at. */
const MOST_CALLS = 20

/**
 * The request of a call written in JavaScript or Python: `fetch("…", {…})` as browsers copy it, `axios`, `requests`.
 * What the browser or library adds is not in it, so its headers are never all.
 */
export function readFetch(text: string): Reading {
  let count = 0
  for (const match of text.matchAll(CALL)) {
    if (++count > MOST_CALLS) break
    const request = requestOf(match[2]?.toUpperCase(), readArguments(text, match.index + match[0].length))
    if (request !== undefined) return { request }
  }
  return {}
}

function requestOf(verb: string | undefined, given: Arguments): Reading["request"] {
  const texts = given.items.filter((it) => it.kind === "text")
  const isVerbGiven = verb === "REQUEST" && texts.length > 1
  const options = given.items.find((it) => it.kind === "map")?.entries
  const option = (...names: readonly string[]): Literal | undefined =>
    names.map((name) => given.named.get(name) ?? options?.get(name)).find((it) => it !== undefined)
  const address = textOf(option("url", "uri")) ?? texts[isVerbGiven ? 1 : 0]?.value
  const url = address === undefined ? undefined : readUrl(address)
  if (url === undefined) return undefined
  const body = option("body", "data", "json", "content")
  const method = textOf(option("method")) ?? (isVerbGiven ? texts[0]?.value : verb === "REQUEST" ? undefined : verb)
  const headers = fieldsOf(pairsOf(option("headers")))
  return seenRequest({
    method: (method ?? "GET").toUpperCase(),
    url,
    headers,
    areHeadersComplete: false,
    body: bodyOf(body),
  })
}

const textOf = (literal: Literal | undefined): string | undefined =>
  literal?.kind === "text" ? literal.value : undefined

function pairsOf(literal: Literal | undefined): readonly (readonly [string, string])[] {
  if (literal?.kind === "call") return pairsOf(literal.given.items[0])
  if (literal?.kind !== "map") return []
  return [...literal.entries].flatMap(([name, value]) => (value.kind === "text" ? [[name, value.value] as const] : []))
}

/** A text, or what `JSON.stringify(…)` is given, as JSON where all of it is literal. */
function bodyOf(literal: Literal | undefined): string | undefined {
  if (literal === undefined) return undefined
  if (literal.kind === "text") return literal.value
  if (literal.kind === "call" && /^(?:JSON\.stringify|json\.dumps)$/.test(literal.name))
    return jsonText(literal.given.items[0])
  return literal.kind === "map" ? jsonText(literal) : undefined
}

/** The depth of a literal is bounded where it is read. */
function jsonText(literal: Literal | undefined): string | undefined {
  switch (literal?.kind) {
    case "text":
      return JSON.stringify(literal.value)
    case "list":
      return wrapped("[", literal.items.map(jsonText), "]")
    case "map":
      return wrapped(
        "{",
        [...literal.entries].map(([name, it]) => {
          const value = jsonText(it)
          return value === undefined ? undefined : `${JSON.stringify(name)}:${value}`
        }),
        "}",
      )
    case "word":
      return /^(?:true|false|null|-?\d{1,20}(?:\.\d{1,20})?)$/.test(literal.value) ? literal.value : undefined
    default:
      return undefined
  }
}

const wrapped = (open: string, parts: readonly (string | undefined)[], close: string): string | undefined =>
  parts.includes(undefined) ? undefined : `${open}${parts.join(",")}${close}`
