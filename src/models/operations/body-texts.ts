import { withStrings } from "../form/strings.ts"
import type { SaidText } from "../form/texts.ts"
import { isList, type JsonObject } from "../json.ts"

/** Members of requests that are no chat in which something is said: what embeddings, images, sounds, ranks are made of. */
const SAYING: ReadonlySet<string> = new Set([
  "input",
  "prompt",
  "instructions",
  "query",
  "documents",
  "content",
  "contents",
  "messages",
  "system",
  "systemInstruction",
  "system_instruction",
  "requests",
  "generateContentRequest",
  "title",
])

type Change = (said: SaidText) => string

/** Every text of a request that is no chat, in the order it stands there. */
export function bodyTexts(body: JsonObject): readonly SaidText[] {
  const texts: SaidText[] = []
  withBodyTexts(body, (it) => {
    texts.push(it)
    return it.text
  })
  return texts
}

/** The same request with each of its texts as `change` gives it; asked in the order of `bodyTexts`. */
export const withBodyTexts = (body: JsonObject, change: Change): JsonObject =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      value !== undefined && SAYING.has(name)
        ? withStrings(value, (text) => change({ role: name.startsWith("system") ? "system" : "user", text }))
        : value,
    ]),
  )

/** Whether something is said in numbers of tokens, which only who knows the model's encoding can read. */
export function saysInTokens({ input }: JsonObject): boolean {
  const first = isList(input) ? input[0] : undefined
  return typeof first === "number" || (isList(first) && typeof first[0] === "number")
}
