import { FormFault } from "../form/fault.ts"
import { Place } from "../form/place.ts"
import { NO_USAGE } from "../form/usage.ts"
import { camelOf, member, optionalNumber } from "../gemini/member.ts"
import { isList, isObject, type JsonObject, numberOf, objectOf } from "../json.ts"
import { dropOthers, type EmbedInbound, type EmbedOutbound, textsIn, vectorIn } from "./embedding.ts"
import { purposeOf, TASK_OF } from "./purpose-words.ts"
import type { Translation } from "./translation.ts"

/**
 * `embedContent` and `batchEmbedContents` (which the official SDK asks by even for one text), told apart by `requests`:
 * https://ai.google.dev/api/embeddings
 */
const READ: ReadonlySet<string> = new Set(["model", "content", "taskType", "title", "outputDimensionality"])

export const geminiEmbedInbound: EmbedInbound = {
  read(body) {
    const asked = requestsIn(body)
    const [first, ...rest] = asked
    const dimensions = optionalNumber(member(first, "outputDimensionality"))
    const task = member(first, "taskType").optionalText()
    const title = first.at("title").optionalText()
    for (const it of rest)
      for (const name of ["outputDimensionality", "taskType", "title"])
        if (member(it, name).value !== member(first, name).value)
          throw member(it, name).fault("as in the first request: the model asked here is told it once for all texts")
    const purpose = purposeOf(task)
    return {
      input: { kind: "texts", texts: asked.map(textIn) },
      ...(dimensions === undefined ? {} : { dimensions }),
      ...(purpose === undefined ? {} : { purpose }),
      ...(title === undefined ? {} : { title }),
      others: [
        ...asked.flatMap((it) => Object.keys(it.object()).filter((name) => !READ.has(camelOf(name)))),
        ...(task === undefined || purpose !== undefined || task === "TASK_TYPE_UNSPECIFIED" ? [] : ["taskType"]),
      ],
    }
  },
  write: (vectors, usage, asked) => ({
    ...answerOf(
      vectors.map((values) => ({ values })),
      asked,
    ),
    ...(usage === undefined ? {} : { usageMetadata: { promptTokenCount: usage.input, totalTokenCount: usage.input } }),
  }),
}

/** Of a batch its requests, else the body itself. */
function requestsIn(body: JsonObject): readonly [Place, ...Place[]] {
  const place = new Place(body)
  const requests = place.at("requests")
  if (requests.isAbsent) return [place]
  const [first, ...rest] = requests.items()
  if (first === undefined) throw requests.fault("an array of at least one request")
  return [first, ...rest]
}

/** The parts of a content are one text. */
function textIn(place: Place): string {
  const content = place.at("content")
  if (content.isAbsent) throw content.fault("a content with parts")
  if (typeof content.value === "string") return content.value
  return content
    .at("parts")
    .items()
    .map((it) => it.at("text").text())
    .join("\n")
}

/** One embedding where one was asked for by itself. */
const answerOf = (embeddings: readonly JsonObject[], asked: JsonObject): JsonObject =>
  asked.requests === undefined ? { embedding: embeddings[0] ?? { values: [] } } : { embeddings }

export const geminiEmbedOutbound: EmbedOutbound = {
  write(request, model, losses) {
    const { dimensions, purpose, title } = request
    dropOthers(request, ["purpose", "title"], losses)
    const options = {
      ...(dimensions === undefined ? {} : { outputDimensionality: dimensions }),
      ...(purpose === undefined ? {} : { taskType: TASK_OF[purpose] }),
      ...(title === undefined ? {} : { title }),
    }
    return {
      requests: textsIn(request).map((text) => ({
        model: `models/${model}`,
        content: { parts: [{ text }] },
        ...options,
      })),
    }
  },
  read(answer) {
    const input = numberOf(objectOf(answer.usageMetadata)?.promptTokenCount)
    const vectors = embeddingsIn(answer).map((it, at) => vectorIn(it.values, `embeddings[${at}].values`))
    return { vectors, usage: input === undefined ? undefined : { ...NO_USAGE, input } }
  },
}

function embeddingsIn({ embedding, embeddings }: JsonObject): readonly JsonObject[] {
  const all = isObject(embedding) ? [embedding] : embeddings
  if (!isList(all)) throw new FormFault("embeddings", "a list of embeddings")
  return all.map((it, at) => {
    if (!isObject(it)) throw new FormFault(`embeddings[${at}]`, "an embedding")
    return it
  })
}

/**
 * Gemini's own, to a provider of the same format: every request of a batch names the model, which callers name otherwise than
 * the provider; and one text is asked as a batch, the path that is there. All else stays as it is.
 */
export const geminiOwnEmbeddings: Translation = {
  write: (body, model) => {
    const requests = requestsIn(body).map((it) => ({ ...it.object(), model: `models/${model}` }))
    return body.requests === undefined ? { requests } : { ...body, requests }
  },
  read: (answer, asked) => {
    const { usage, vectors } = geminiEmbedOutbound.read(answer)
    const wanted = requestsIn(asked).length
    if (vectors.length !== wanted) throw new FormFault("embeddings", `${wanted} embeddings, and not ${vectors.length}`)
    const { embeddings, ...rest } = answer
    return { told: { ...rest, ...answerOf(embeddingsIn(answer), asked) }, usage }
  },
}
