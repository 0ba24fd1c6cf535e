import type { Purpose } from "./embedding.ts"

/** Gemini's `TaskType`: https://ai.google.dev/api/embeddings#v1beta.TaskType */
export const TASK_OF = {
  query: "RETRIEVAL_QUERY",
  document: "RETRIEVAL_DOCUMENT",
  similarity: "SEMANTIC_SIMILARITY",
  classification: "CLASSIFICATION",
  clustering: "CLUSTERING",
  question: "QUESTION_ANSWERING",
  facts: "FACT_VERIFICATION",
  "code-query": "CODE_RETRIEVAL_QUERY",
} as const satisfies Readonly<Record<Purpose, string>>

const PURPOSE_OF: ReadonlyMap<string, Purpose> = new Map<string, Purpose>([
  [TASK_OF.query, "query"],
  [TASK_OF.document, "document"],
  [TASK_OF.similarity, "similarity"],
  [TASK_OF.classification, "classification"],
  [TASK_OF.clustering, "clustering"],
  [TASK_OF.question, "question"],
  [TASK_OF.facts, "facts"],
  [TASK_OF["code-query"], "code-query"],
  // Cohere's.
  ["search_query", "query"],
  ["search_document", "document"],
  ["classification", "classification"],
  ["clustering", "clustering"],
  // Voyage AI's; NVIDIA's documents are passages.
  ["query", "query"],
  ["document", "document"],
  ["passage", "document"],
])

/** What vectors are for, in any provider's words; undefined for others and for none. */
export const purposeOf = (word: string | undefined): Purpose | undefined =>
  word === undefined ? undefined : PURPOSE_OF.get(word)

/** Cohere's `input_type`, which its models require: https://docs.cohere.com/v2/reference/embed */
export function cohereInputType(purpose: Purpose | undefined): string | undefined {
  switch (purpose) {
    case undefined:
    case "document":
      return "search_document"
    case "query":
    case "question":
      return "search_query"
    case "classification":
    case "clustering":
      return purpose
    case "similarity":
    case "facts":
    case "code-query":
      return undefined
  }
}
