import type { Citation } from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import { type Json, type JsonObject, numberOf, objectOf, textOf } from "../json.ts"
import { FORMAT } from "./format.ts"

export function readAnnotation(value: Json | undefined): Citation | undefined {
  const annotation = objectOf(value)
  if (annotation === undefined) return undefined
  const from = numberOf(annotation.start_index)
  const to = numberOf(annotation.end_index)
  const title = textOf(annotation.title) ?? textOf(annotation.filename)
  const url = textOf(annotation.url)
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(title === undefined ? {} : { title }),
    ...(url === undefined ? {} : { url }),
    raw: { format: FORMAT, value: annotation },
  }
}

/** `length`: of the text that is cited so far, for citations that tell no range. */
export function writeAnnotation(citation: Citation, length: number, losses: Losses): JsonObject | undefined {
  if (citation.raw?.format === FORMAT) return citation.raw.value
  if (citation.url === undefined) {
    losses.drop("citations", "an annotation needs the address of its source")
    return undefined
  }
  if (citation.quote !== undefined) losses.drop("citations.quote", "an annotation does not hold what was quoted")
  if (citation.document !== undefined) losses.drop("citations.document", "an annotation does not number documents")
  return {
    type: "url_citation",
    start_index: citation.from ?? 0,
    end_index: citation.to ?? length,
    title: citation.title ?? citation.url,
    url: citation.url,
  }
}
