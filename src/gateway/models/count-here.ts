import { countTokens } from "../../models/catalogue/count.ts"
import { writeCounted } from "../../models/operations/countable.ts"
import type { ModelCall } from "./model-call.ts"

/** Other makers split texts otherwise than the encoding counted by. */
const LINES = "Content-Type: application/json\r\nPinpoint-Counted: estimate\r\n"

/** Answers with the tokens of a request for a target that cannot be asked for them. */
export function countHere(owner: ModelCall): void {
  const { endpoint, operation } = owner.asked
  const { countable } = operation
  if (countable === undefined) throw new Error("tokens are to be counted of a request that was not read")
  countTokens(countable.text)
    .then((tokens) => {
      const told = writeCounted(endpoint.dialect, tokens + countable.more)
      owner.answerHere(LINES, Buffer.from(JSON.stringify(told)))
    })
    .catch((fault) => owner.broke(fault))
}
