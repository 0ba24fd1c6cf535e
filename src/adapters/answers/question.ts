import { createHash } from "node:crypto"
import { isList, isMap, type Json, type JsonMap } from "../../exhibits/json.ts"
import { canonical } from "./canonical.ts"

/** Members of a request that the answer does not depend on: how it is sent, and who is said to ask. */
const NOT_ASKED: ReadonlySet<string> = new Set([
  "stream",
  "stream_options",
  "user",
  "metadata",
  "safety_identifier",
  "prompt_cache_key",
  "prompt_cache_retention",
  "store",
  "service_tier",
])

/** What a request asks, as caches know it. */
export interface Question {
  /** SHA-256 of all that the answer depends on, in hexadecimal. */
  readonly exact: string
  /** For a request that ends with a turn of the user that is nothing but text. */
  readonly near: NearQuestion | undefined
}

export interface NearQuestion {
  /** SHA-256 of everything but that text, and of the numbers in it: who asks for 2 + 3 is not told of 2 + 2. */
  readonly scope: string
  readonly text: string
}

/**
 * `of`: what else the answer depends on: the dialect, the address, the plan's revision where guardrails judge answers. `body`:
 * the request, at most as deep as the gateway accepts.
 */
export function questionOf(of: readonly string[], body: JsonMap): Question {
  const asked = withoutUnasked(body)
  const last = lastTurn(asked)
  return {
    exact: digest([...of, canonical(asked)]),
    near: last && {
      scope: digest([...of, canonical(last.rest), ...numbersIn(last.text)]),
      text: last.text,
    },
  }
}

const withoutUnasked = (body: JsonMap): JsonMap =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !NOT_ASKED.has(name)))

/** Each part with its length, so that no two lists come to the same bytes. */
function digest(parts: readonly string[]): string {
  const hash = createHash("sha256")
  for (const part of parts) {
    const bytes = Buffer.from(part, "utf8")
    hash.update(`${bytes.length}:`).update(bytes)
  }
  return hash.digest("hex")
}

const numbersIn = (text: string): readonly string[] => text.match(/\d+/g) ?? []

interface LastTurn {
  readonly text: string
  /** The request with nothing in its place. */
  readonly rest: JsonMap
}

/** Where dialects have turns: `messages` (OpenAI, Anthropic, Cohere), `input` (OpenAI responses), `contents` (Gemini). */
function lastTurn(body: JsonMap): LastTurn | undefined {
  for (const name of ["messages", "input", "contents"]) {
    const turns = body[name]
    if (name === "input" && typeof turns === "string") return { text: turns, rest: { ...body, input: null } }
    if (!isList(turns)) continue
    const last = turns.at(-1)
    if (!isMap(last) || last.role !== "user") return undefined
    const part = name === "contents" ? "parts" : "content"
    const text = textOf(last[part])
    const rest = { ...body, [name]: [...turns.slice(0, -1), { ...last, [part]: null }] }
    return text === undefined ? undefined : { text, rest }
  }
  return undefined
}

/** Undefined where something of it is no text. */
function textOf(content: Json | undefined): string | undefined {
  if (typeof content === "string") return content
  if (!isList(content) || content.length === 0) return undefined
  const texts: string[] = []
  for (const part of content) {
    if (!isMap(part) || typeof part.text !== "string" || !isTextOnly(part)) return undefined
    texts.push(part.text)
  }
  return texts.join("\n")
}

/** `{"type": "text", "text"}`, `{"type": "input_text", "text"}` or `{"text"}`: what else there is would be lost. */
const isTextOnly = (part: JsonMap): boolean =>
  Object.keys(part).every((it) => it === "text" || it === "type") &&
  (part.type === undefined || part.type === "text" || part.type === "input_text")
