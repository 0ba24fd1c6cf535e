import type { Citation } from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import { isObject, type Json, type JsonObject, listOf, numberOf, objectOf, textOf } from "../json.ts"
import { isChat } from "./own.ts"

/** `message.annotations`: OpenAI's `url_citation`, with OpenRouter's `content` as what was quoted. */
export function readAnnotation(value: Json): Citation | undefined {
  if (!isObject(value)) return undefined
  const told = objectOf(value.url_citation)
  const url = textOf(told?.url)
  if (value.type !== "url_citation" || told === undefined || url === undefined)
    return { raw: { format: "openai-chat", value } }
  const from = numberOf(told.start_index)
  const to = numberOf(told.end_index)
  const title = textOf(told.title)
  const quote = textOf(told.content)
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(quote === undefined ? {} : { quote }),
    ...(title === undefined ? {} : { title }),
    url,
  }
}

/** Perplexity's `search_results`, or the addresses it tells as `citations`: sources of the whole answer. */
export function readSources(body: JsonObject): readonly Citation[] {
  const results = listOf(body.search_results).map(objectOf)
  const told = results.length > 0 ? results : listOf(body.citations).map((url): JsonObject => ({ url }))
  return told.flatMap((it): readonly Citation[] => {
    const url = textOf(it?.url)
    const title = textOf(it?.title)
    return url === undefined ? [] : [{ ...(title === undefined ? {} : { title }), url }]
  })
}

/** @param offset where the part's text begins in the message's. @param length of the part's text so far. */
export function writeAnnotation(
  citation: Citation,
  offset: number,
  length: number,
  losses: Losses,
): JsonObject | undefined {
  const { from, to, quote, title, url, raw } = citation
  if (raw !== undefined && isChat(raw.format)) return raw.value
  if (url === undefined) {
    losses.drop("citations without an address", "OpenAI's chat cites only addresses")
    return undefined
  }
  if (citation.document !== undefined) losses.drop("citations[].document", "OpenAI's chat cites only addresses")
  return {
    type: "url_citation",
    url_citation: {
      start_index: offset + (from ?? 0),
      end_index: offset + (to ?? length),
      title: title ?? "",
      url,
      ...(quote === undefined ? {} : { content: quote }),
    },
  }
}
