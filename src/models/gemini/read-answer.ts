import type { ChatAnswer } from "../form/answer.ts"
import { FormFault } from "../form/fault.ts"
import { Fold } from "../form/fold.ts"
import { isList, type JsonObject, objectOf } from "../json.ts"
import { AnswerEvents } from "./answer-events.ts"

/** @throws FormFault when it is no answer; one without candidates has to say why the prompt was blocked. */
export function readAnswer(body: JsonObject): ChatAnswer {
  if (!isList(body.candidates) && objectOf(body.promptFeedback) === undefined)
    throw new FormFault("candidates", "an array of candidates")
  const fold = new Fold()
  const events = new AnswerEvents((event) => fold.add(event))
  events.add(body)
  events.finish()
  return fold.result().answer
}
