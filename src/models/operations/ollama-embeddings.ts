import { NO_USAGE } from "../form/usage.ts"
import { numberOf } from "../json.ts"
import { dropOthers, type EmbedOutbound, textsIn, vectorsIn } from "./embedding.ts"

/** `POST /api/embed`: docs/api.md of ollama/ollama, `EmbedRequest` and `EmbedResponse` of api/types.go. */
export const ollamaEmbedOutbound: EmbedOutbound = {
  write(request, model, losses) {
    const { dimensions } = request
    dropOthers(request, [], losses)
    return { model, input: textsIn(request), ...(dimensions === undefined ? {} : { dimensions }) }
  },
  read(answer) {
    const input = numberOf(answer.prompt_eval_count)
    return {
      vectors: vectorsIn(answer.embeddings, "embeddings"),
      usage: input === undefined ? undefined : { ...NO_USAGE, input },
    }
  },
}
