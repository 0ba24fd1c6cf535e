import { FormFault } from "../form/fault.ts"
import { Place } from "../form/place.ts"
import { isList, type Json, type JsonObject, objectOf } from "../json.ts"
import { usageOf } from "../openai/usage-of.ts"
import { dropOthers, type EmbedInbound, type EmbedOutbound, type EmbedRequest, vectorIn } from "./embedding.ts"
import { fromBase64, toBase64 } from "./float-bytes.ts"
import { purposeOf } from "./purpose-words.ts"

/** `POST /embeddings`: https://platform.openai.com/docs/api-reference/embeddings, `EmbeddingCreateParams` of the SDK. */
const READ: ReadonlySet<string> = new Set(["model", "input", "dimensions", "encoding_format", "user", "input_type"])

export const openaiEmbedInbound: EmbedInbound = {
  read(body) {
    const place = new Place(body)
    const dimensions = place.at("dimensions").optionalNumber()
    const user = place.at("user").optionalText()
    // No member of OpenAI's; callers of Cohere, NVIDIA and Voyage add it to their requests in this dialect.
    const purpose = purposeOf(place.at("input_type").optionalText())
    encodingOf(body)
    const isPurposeLost = !place.at("input_type").isAbsent && purpose === undefined
    return {
      input: inputIn(place.at("input")),
      ...(dimensions === undefined ? {} : { dimensions }),
      ...(user === undefined ? {} : { user }),
      ...(purpose === undefined ? {} : { purpose }),
      others: [
        ...Object.keys(body).filter((it) => !READ.has(it) && body[it] !== null),
        ...(isPurposeLost ? ["input_type"] : []),
      ],
    }
  },
  write(vectors, usage, asked, model) {
    const isBase64 = encodingOf(asked) === "base64"
    // Clients read the usage without looking whether it is there.
    const tokens = usage?.input ?? 0
    return {
      object: "list",
      data: vectors.map((it, index) => ({
        object: "embedding",
        index,
        embedding: isBase64 ? toBase64(it) : it,
      })),
      model,
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    }
  },
}

const encodingOf = (body: JsonObject): "float" | "base64" => {
  const place = new Place(body).at("encoding_format")
  return place.isAbsent ? "float" : place.oneOf(["float", "base64"])
}

function inputIn(place: Place): EmbedRequest["input"] {
  if (typeof place.value === "string") return { kind: "texts", texts: [place.value] }
  const items = place.isAbsent ? [] : place.items()
  const [first] = items
  if (first === undefined) throw place.fault("a text or a list of at least one text")
  if (typeof first.value === "number") return { kind: "tokens", lists: [items.map((it) => it.number())] }
  if (isList(first.value))
    return { kind: "tokens", lists: items.map((it) => it.items().map((token) => token.number())) }
  return { kind: "texts", texts: items.map((it) => it.text()) }
}

export const openaiEmbedOutbound: EmbedOutbound = {
  write(request, model, losses) {
    const { input, dimensions, user } = request
    dropOthers(request, ["user"], losses)
    return {
      model,
      input: input.kind === "texts" ? input.texts : input.lists,
      ...(dimensions === undefined ? {} : { dimensions }),
      ...(user === undefined ? {} : { user }),
    }
  },
  read(answer) {
    if (!isList(answer.data)) throw new FormFault("data", "a list of embeddings")
    const vectors = answer.data.map((it, at) => vectorOf(objectOf(it)?.embedding, `data[${at}].embedding`))
    return { vectors, usage: usageOf(answer) }
  },
}

const vectorOf = (value: Json | undefined, path: string): readonly number[] =>
  typeof value === "string" ? fromBase64(value, path) : vectorIn(value, path)

/**
 * An answer whose vectors are base64 where that was asked for. Servers that speak this dialect but do not know
 * `encoding_format` answer with numbers, of which the official SDK, which asks for base64 unasked, makes rubbish.
 * Undefined where the answer is as it was asked for.
 */
export function inBase64(answer: JsonObject, asked: JsonObject): JsonObject | undefined {
  const { data } = answer
  if (asked.encoding_format !== "base64" || !isList(data) || !isList(objectOf(data[0])?.embedding)) return undefined
  return {
    ...answer,
    data: data.map((it, at) => {
      const item = objectOf(it)
      return isList(item?.embedding)
        ? { ...item, embedding: toBase64(vectorIn(item.embedding, `data[${at}].embedding`)) }
        : it
    }),
  }
}
