import { FormFault } from "../form/fault.ts"
import { NO_USAGE } from "../form/usage.ts"
import { isList, numberOf, objectOf } from "../json.ts"
import { cohereMembers } from "./cohere-embeddings.ts"
import { dropOthers, type EmbedOutbound, textsIn, vectorIn, vectorsIn } from "./embedding.ts"

/**
 * `POST /model/{model}/invoke`, whose body is that of the model's maker: Amazon's Titan
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html) and Cohere
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed.html).
 */
export const bedrockEmbedOutbound: EmbedOutbound = {
  write(request, model, losses) {
    if (model.includes("cohere.")) return cohereMembers(request, losses)
    const [text, ...more] = textsIn(request)
    if (text === undefined || more.length > 0)
      throw new FormFault("input", `one text: the model asked here embeds one a call, and not ${more.length + 1}`)
    const { dimensions } = request
    dropOthers(request, [], losses)
    return { inputText: text, ...(dimensions === undefined ? {} : { dimensions }) }
  },
  read(answer) {
    const input = numberOf(answer.inputTextTokenCount)
    const usage = input === undefined ? undefined : { ...NO_USAGE, input }
    if (isList(answer.embedding)) return { vectors: [vectorIn(answer.embedding, "embedding")], usage }
    // Of Cohere's models, by type where types were asked for.
    const { embeddings } = answer
    return { vectors: vectorsIn(objectOf(embeddings)?.float ?? embeddings, "embeddings"), usage }
  },
}
