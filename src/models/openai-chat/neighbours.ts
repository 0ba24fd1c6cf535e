import { isList, type Json, type JsonObject } from "../json.ts"

/** Messages of one role that follow each other as one, for providers that refuse them (Perplexity). */
export function alternating(messages: readonly JsonObject[]): readonly JsonObject[] {
  const joined: JsonObject[] = []
  for (const it of messages) {
    const last = joined.at(-1)
    // Results belong each to its own call.
    if (last === undefined || last.role !== it.role || it.role === "tool" || hasCalls(last) || hasCalls(it))
      joined.push(it)
    else joined[joined.length - 1] = { ...it, ...last, content: both(last.content, it.content) }
  }
  return joined
}

const hasCalls = ({ tool_calls }: JsonObject): boolean => tool_calls !== undefined

function both(one: Json | undefined, other: Json | undefined): Json {
  if (typeof one === "string" && typeof other === "string") return `${one}\n\n${other}`
  return [...partsOf(one), ...partsOf(other)]
}

const partsOf = (content: Json | undefined): readonly Json[] =>
  isList(content) ? content : typeof content === "string" ? [{ type: "text", text: content }] : []
