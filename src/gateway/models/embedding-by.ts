import { unit } from "../../adapters/answers/embedding.ts"
import { isObject, listOf, numberOf, objectOf } from "../../models/json.ts"
import type { Embedding } from "../../ports/answers.ts"
import type { Call } from "../call.ts"
import { askTarget } from "./model-ask.ts"

/** A question is looked up while its caller waits. Milliseconds. */
const WITHIN = 5_000

/** The vector of a text by a served model that makes embeddings in OpenAI's format. @throws where it cannot be had. */
export async function embeddingBy(call: Call, name: string, text: string): Promise<Embedding | undefined> {
  const answer = await askTarget(call, name, "embeddings", { input: text, encoding_format: "float" }, WITHIN)
  const [first] = listOf(isObject(answer) ? answer.data : undefined)
  const numbers = listOf(objectOf(first)?.embedding).flatMap((it) => numberOf(it) ?? [])
  if (numbers.length === 0) throw new Error(`the model ${name} answered with no embedding`)
  return unit(numbers)
}
