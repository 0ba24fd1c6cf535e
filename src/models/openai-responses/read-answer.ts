import type { ChatAnswer } from "../form/answer.ts"
import { FormFault } from "../form/fault.ts"
import { Fold } from "../form/fold.ts"
import { isList, type JsonObject, objectOf, textOf } from "../json.ts"
import { ResponseEvents } from "./response-events.ts"

/** @throws FormFault when it is no response, or one that failed. */
export function readAnswer(body: JsonObject): ChatAnswer {
  const error = objectOf(body.error)
  if (body.status === "failed" || error !== undefined) {
    const told = textOf(error?.message) ?? textOf(error?.code) ?? "an error without a word"
    throw new FormFault("error", `absent in an answer; the provider told: ${told}`)
  }
  if (!isList(body.output)) throw new FormFault("output", "an array of items")
  const fold = new Fold()
  new ResponseEvents((event) => fold.add(event)).finish(body)
  return fold.result().answer
}
