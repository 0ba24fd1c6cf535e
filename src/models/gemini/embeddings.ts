import { FormFault } from "../form/fault.ts"
import { Place } from "../form/place.ts"
import { isList, type JsonObject, listOf, numberOf, objectOf } from "../json.ts"
import { FORMAT } from "./format.ts"
import { keepOthers, member, optionalNumber } from "./member.ts"
import { modelName } from "./read-request.ts"
import { UnreadMembers } from "./unread-members.ts"

/** Texts to embed, and what was asked beside them. https://ai.google.dev/api/embeddings */
export interface EmbedRequest {
  readonly model: string
  readonly texts: readonly string[]
  /** How many numbers a vector shall have. */
  readonly dimensions?: number
  /** What the vectors are for: `RETRIEVAL_QUERY`. */
  readonly task?: string
  /** Of a document to be retrieved. */
  readonly title?: string
  /** `batchEmbedContents` answers with a list; the official SDK asks by it even for one text. */
  readonly isBatch: boolean
  /** Members that only this format knows. */
  readonly extras: JsonObject
}

const READ: ReadonlySet<string> = new Set(["model", "content", "taskType", "title", "outputDimensionality", "requests"])

/** `embedContent` and `batchEmbedContents`, told apart by `requests`. @throws FormFault */
export function readEmbedRequest(body: JsonObject, model: string | undefined): EmbedRequest {
  const place = new Place(body)
  const requests = place.at("requests")
  const asked = requests.isAbsent ? [place] : requests.items()
  const [first] = asked
  if (first === undefined) throw requests.fault("an array of at least one request")
  const unread = new UnreadMembers(FORMAT)
  for (const it of asked) keepOthers(it, READ, unread)
  const dimensions = optionalNumber(member(first, "outputDimensionality"))
  const task = member(first, "taskType").optionalText()
  const title = first.at("title").optionalText()
  return {
    model: model ?? modelName(first.at("model").text()),
    texts: asked.map(textIn),
    ...(dimensions === undefined ? {} : { dimensions }),
    ...(task === undefined ? {} : { task }),
    ...(title === undefined ? {} : { title }),
    isBatch: !requests.isAbsent,
    extras: unread.extras.members,
  }
}

/** The parts of a content are one text. */
const textIn = (place: Place): string =>
  place
    .at("content")
    .at("parts")
    .items()
    .map((it) => it.at("text").text())
    .join("\n")

/** `batchEmbedContents`, which takes one text as well as many. */
export function writeEmbedRequest({ model, texts, dimensions, task, title }: EmbedRequest): JsonObject {
  const options = {
    ...(dimensions === undefined ? {} : { outputDimensionality: dimensions }),
    ...(task === undefined ? {} : { taskType: task }),
    ...(title === undefined ? {} : { title }),
  }
  return {
    requests: texts.map((text) => ({ model: `models/${model}`, content: { parts: [{ text }] }, ...options })),
  }
}

/** Vectors in the order of the texts. @throws FormFault when it is no answer with vectors. */
export function readEmbedAnswer(body: JsonObject): readonly (readonly number[])[] {
  const one = objectOf(body.embedding)
  if (one === undefined && !isList(body.embeddings)) throw new FormFault("embeddings", "an array of embeddings")
  const all = one === undefined ? listOf(body.embeddings) : [one]
  return all.map((it) => listOf(objectOf(it)?.values).map((value) => numberOf(value) ?? 0))
}

export function writeEmbedAnswer(vectors: readonly (readonly number[])[], isBatch: boolean): JsonObject {
  const written = vectors.map((values) => ({ values }))
  return isBatch ? { embeddings: written } : { embedding: written[0] ?? { values: [] } }
}
