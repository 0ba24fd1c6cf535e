import { FormFault } from "../form/fault.ts"
import type { Losses } from "../form/losses.ts"
import { Place } from "../form/place.ts"
import { isList, isObject, type Json, type JsonObject, listOf, numberOf, objectOf } from "../json.ts"
import { usageOf } from "../openai/usage-of.ts"
import type { ToldAnswer, Translation } from "./translation.ts"

/**
 * Reranking, asked in Cohere's shape or in Jina's, which differ in what documents may be and in whether they come back:
 * https://docs.cohere.com/v2/reference/rerank, https://api.jina.ai/redoc, https://docs.voyageai.com/reference/reranker-api
 */
interface RerankRequest {
  readonly query: string
  readonly texts: readonly string[]
  readonly most: number | undefined
  readonly areReturned: boolean | undefined
  /** Members that have no place above. */
  readonly others: JsonObject
}

const READ: ReadonlySet<string> = new Set(["model", "query", "documents", "top_n", "return_documents"])

/** What is no text in a document is named as lost: the models asked here read texts alone. */
function readRerank(body: JsonObject, losses: Losses | undefined): RerankRequest {
  const place = new Place(body)
  const documents = place.at("documents")
  if (documents.isAbsent) throw documents.fault("an array of documents")
  const items = documents.items()
  if (items.length === 0) throw documents.fault("an array of at least one document")
  const most = place.at("top_n")
  const wanted = most.optionalNumber()
  if (wanted !== undefined && !(Number.isInteger(wanted) && wanted >= 1)) throw most.fault("a whole number from 1")
  return {
    query: place.at("query").text(),
    texts: items.map((it) => documentText(it, losses)),
    most: wanted,
    areReturned: place.at("return_documents").optionalBoolean(),
    others: Object.fromEntries(Object.entries(body).filter(([name, value]) => !READ.has(name) && value !== null)),
  }
}

function documentText(place: Place, losses: Losses | undefined): string {
  if (typeof place.value === "string") return place.value
  if (!isObject(place.value)) throw place.fault("a text, or an object with a text")
  for (const name of Object.keys(place.value))
    if (name !== "text") losses?.drop(`documents[].${name}`, "the model asked here reads the text of documents alone")
  return place.at("text").text()
}

/** Documents go as texts; `return_documents` is not known there, so they are put back by us. */
export const cohereRerank: Translation = {
  write(body, model, _, losses) {
    const { query, texts, most, others } = readRerank(body, losses)
    return { model, query, documents: texts, ...(most === undefined ? {} : { top_n: most }), ...others }
  },
  read: readRanked,
}

/** As Jina's, but for the limit's name, and for what Cohere's has beside. */
export const topKRerank: Translation = {
  write(body, model, _, losses) {
    const { query, texts, most, areReturned, others } = readRerank(body, losses)
    for (const name of COHERE_ONLY)
      if (others[name] !== undefined) losses.drop(name, "the provider's request for reranking has no place for it")
    return {
      model,
      query,
      documents: texts,
      ...(most === undefined ? {} : { top_k: most }),
      ...(areReturned === undefined ? {} : { return_documents: areReturned }),
      ...Object.fromEntries(Object.entries(others).filter(([name]) => !COHERE_ONLY.includes(name))),
    }
  },
  read: readRanked,
}

const COHERE_ONLY = ["max_tokens_per_doc", "max_chunks_per_doc", "priority"]

/** Told with what clients of either shape look for: `results`, `usage` (Jina) and `meta` (Cohere). */
function readRanked(answer: JsonObject, asked: JsonObject, model: string): ToldAnswer {
  const { texts, areReturned } = readRerank(asked, undefined)
  const found = isList(answer.results) ? answer.results : answer.data
  if (!isList(found)) throw new FormFault("results", "a list of ranked documents")
  const { results: _, data: __, model: ___, ...rest } = answer
  const results = listOf(found).map((it, at) => resultOf(it, `results[${at}]`, texts, areReturned === true))
  return { told: { ...rest, model, results }, usage: usageOf(answer) }
}

function resultOf(it: Json, path: string, texts: readonly string[], isReturned: boolean): JsonObject {
  const result = objectOf(it)
  const index = numberOf(result?.index)
  const text = index === undefined ? undefined : texts[index]
  if (result === undefined || text === undefined) throw new FormFault(`${path}.index`, "the place of a document asked")
  if (numberOf(result.relevance_score) === undefined) throw new FormFault(`${path}.relevance_score`, "a number")
  const { document, ...rest } = result
  if (isReturned) return { ...rest, document: { text } }
  return document === undefined ? rest : { ...rest, document: typeof document === "string" ? { text } : document }
}
