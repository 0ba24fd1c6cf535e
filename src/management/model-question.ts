import type { Value } from "../decision/value.ts"
import {
  modelBody,
  modelFault,
  modelLength,
  modelLosses,
  modelName,
  modelOperation,
  modelUntargeted,
} from "../facts/model.ts"
import { ENDPOINTS, wantedOf } from "../models/endpoints.ts"

/** A request as far as a question tells it. */
interface Asked {
  readonly method?: string
  readonly path?: string
  readonly model?: string
}

/** Where a model is asked that nothing else is told of. */
const CHAT = { method: "POST", path: "/v1/chat/completions" }

/** A question of a model alone is one of a chat; one of an address that names the model is one of that model. */
export function modelQuestion<Q extends Asked>(question: Q): Q {
  const { path = "", model } = question
  if (model !== undefined) return { ...CHAT, ...question }
  const named = wantedAt(path)?.model
  return named === undefined || named === "" ? question : { ...question, model: named }
}

/** What is known of a call of a model that can be read, with a body of which nothing is told. */
export const modelFacts = ({ path = "", model }: Asked): readonly (readonly [fact: string, value: Value])[] =>
  model === undefined
    ? []
    : [
        [modelName.name, model],
        [modelOperation.name, wantedAt(path)?.operation ?? ""],
        [modelBody.name, "a JSON object"],
        [modelLength.name, 0],
        [modelFault.name, null],
        [modelLosses.name, null],
        [modelUntargeted.name, null],
      ]

function wantedAt(path: string) {
  const endpoint = ENDPOINTS.find((it) =>
    it.path.endsWith("*") ? path.startsWith(it.path.slice(0, -1)) : it.path === path,
  )
  return endpoint === undefined ? undefined : wantedOf(endpoint, path)
}
