import type { Losses } from "../form/losses.ts"
import { objectOf } from "../json.ts"
import { usageOf } from "../openai/usage-of.ts"
import { dropOthers, type EmbedOutbound, type EmbedRequest, textsIn, vectorsIn } from "./embedding.ts"
import { cohereInputType } from "./purpose-words.ts"

/** `POST /v2/embed`, `V2EmbedRequest` and `EmbedByTypeResponse` of the SDK: https://docs.cohere.com/v2/reference/embed */
export const cohereEmbedOutbound: EmbedOutbound = {
  write: (request, model, losses) => ({ model, ...cohereMembers(request, losses) }),
  read: (answer) => ({
    vectors: vectorsIn(objectOf(answer.embeddings)?.float, "embeddings.float"),
    usage: usageOf(answer),
  }),
}

/** What Cohere's models are asked, at Cohere and on Bedrock. Documents are what texts are by default. */
export function cohereMembers(request: EmbedRequest, losses: Losses) {
  const { purpose, dimensions } = request
  const type = cohereInputType(purpose)
  dropOthers(request, type === undefined ? [] : ["purpose"], losses)
  return {
    texts: textsIn(request),
    input_type: type ?? "search_document",
    embedding_types: ["float"],
    ...(dimensions === undefined ? {} : { output_dimension: dimensions }),
  }
}
