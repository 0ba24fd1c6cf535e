import type { Citation } from "../form/content.ts"
import { type JsonObject, numberOf, textOf } from "../json.ts"

/** Any of the `TextCitation` kinds of the SDK. Positions count characters, pages or blocks of the source and stay in `raw`. */
export function readCitation(value: JsonObject): Citation {
  const quote = textOf(value.cited_text)
  const title = textOf(value.document_title) ?? textOf(value.title)
  const url = textOf(value.url) ?? textOf(value.source)
  const document = numberOf(value.document_index)
  return {
    ...(quote === undefined ? {} : { quote }),
    ...(title === undefined ? {} : { title }),
    ...(url === undefined ? {} : { url }),
    ...(document === undefined ? {} : { document }),
    raw: { format: "anthropic", value },
  }
}

/** As Anthropic wrote it, if it did. */
export const ownCitation = ({ raw }: Citation): JsonObject | undefined =>
  raw?.format === "anthropic" ? raw.value : undefined

/** For answers, where a citation of another format still tells the reader what it can. */
export function writeCitation(citation: Citation): JsonObject {
  const own = ownCitation(citation)
  if (own !== undefined) return own
  const { url, quote = "", title = null, document = 0 } = citation
  if (url !== undefined) {
    return { type: "web_search_result_location", url, title, cited_text: quote, encrypted_index: "" }
  }
  return {
    type: "char_location",
    document_index: document,
    document_title: title,
    cited_text: quote,
    start_char_index: 0,
    end_char_index: quote.length,
    file_id: null,
  }
}
