import type { Citation } from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import { isList, type Json, type JsonObject, listOf, numberOf, objectOf, textOf } from "../json.ts"
import { FORMAT } from "./format.ts"
import { TextOffsets } from "./text-offsets.ts"

/** `citationMetadata`; the Gemini API and Vertex AI name its list each in a way of their own. */
export function readCitations(metadata: JsonObject, text: string): readonly Citation[] {
  const offsets = new TextOffsets(text)
  const sources = isList(metadata.citationSources) ? metadata.citationSources : listOf(metadata.citations)
  return sources.flatMap((it) => {
    const source = objectOf(it)
    if (source === undefined) return []
    const url = textOf(source.uri)
    const title = textOf(source.title)
    return [
      {
        ...readRange(source, offsets),
        ...(title === undefined ? {} : { title }),
        ...(url === undefined ? {} : { url }),
        raw: { format: FORMAT, value: source },
      },
    ]
  })
}

/** `groundingMetadata`: passages, and for each the sources that support it. */
export function readGrounding(metadata: JsonObject, text: string): readonly Citation[] {
  const offsets = new TextOffsets(text)
  const chunks = listOf(metadata.groundingChunks)
  return listOf(metadata.groundingSupports).flatMap((it) => {
    const support = objectOf(it)
    const segment = objectOf(support?.segment)
    if (support === undefined || segment === undefined) return []
    const quote = textOf(segment.text)
    const raw = { format: FORMAT, value: support }
    return listOf(support.groundingChunkIndices).flatMap((index) => {
      const chunk = objectOf(chunks[numberOf(index) ?? -1])
      const source = objectOf(chunk?.web) ?? objectOf(chunk?.retrievedContext) ?? objectOf(chunk?.maps)
      if (source === undefined) return []
      const url = textOf(source.uri)
      const title = textOf(source.title)
      return [
        {
          ...readRange(segment, offsets),
          ...(quote === undefined ? {} : { quote }),
          ...(title === undefined ? {} : { title }),
          ...(url === undefined ? {} : { url }),
          raw,
        },
      ]
    })
  })
}

/** A beginning of zero is left out (ProtoJSON). */
function readRange(told: JsonObject, offsets: TextOffsets): { readonly from?: number; readonly to?: number } {
  const to = numberOf(told.endIndex)
  const from = numberOf(told.startIndex) ?? (to === undefined ? undefined : 0)
  return {
    ...(from === undefined ? {} : { from: offsets.toUnits(from) }),
    ...(to === undefined ? {} : { to: offsets.toUnits(to) }),
  }
}

/** `citationMetadata` for the citations of one text; undefined where there are none that it can tell. */
export function writeCitations(citations: readonly Citation[], text: string, losses: Losses): JsonObject | undefined {
  const offsets = new TextOffsets(text)
  const citationSources = citations.flatMap((it): readonly Json[] => {
    // What was read of `groundingMetadata` goes back in that, among the members only this format knows.
    if (it.raw?.format === FORMAT) return objectOf(it.raw.value.segment) === undefined ? [it.raw.value] : []
    if (it.url === undefined) {
      losses.drop("citations", "a citation needs the address of its source")
      return []
    }
    if (it.quote !== undefined) losses.drop("citations.quote", "a citation does not hold what was quoted")
    if (it.document !== undefined) losses.drop("citations.document", "a citation does not number documents")
    return [
      {
        startIndex: offsets.toBytes(it.from ?? 0),
        endIndex: offsets.toBytes(it.to ?? text.length),
        uri: it.url,
        ...(it.title === undefined ? {} : { title: it.title }),
      },
    ]
  })
  return citationSources.length === 0 ? undefined : { citationSources }
}
