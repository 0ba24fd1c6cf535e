import type { Citation } from "../form/content.ts"
import { isObject, type JsonObject, listOf, numberOf, objectOf, textOf } from "../json.ts"

/** `Citation` and `CitationsDelta` of the SDK. Where in the source it is stays in `raw`. */
export function readCitation(value: JsonObject): Citation {
  const quote = listOf(value.sourceContent)
    .filter(isObject)
    .map((it) => textOf(it.text) ?? "")
    .join("")
  const title = textOf(value.title)
  const location = objectOf(value.location)
  const url = textOf(objectOf(location?.web)?.url)
  const place =
    objectOf(location?.documentChar) ?? objectOf(location?.documentPage) ?? objectOf(location?.documentChunk)
  const document = numberOf(place?.documentIndex)
  return {
    ...(quote === "" ? {} : { quote }),
    ...(title === undefined ? {} : { title }),
    ...(url === undefined ? {} : { url }),
    ...(document === undefined ? {} : { document }),
    raw: { format: "bedrock", value },
  }
}
