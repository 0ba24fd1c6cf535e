import { cause } from "../cause.ts"
import { ownWords } from "../own-words.ts"

export const modelRequestInvalid = cause({
  code: "model/request-invalid",
  status: 400,
  title: "The request is not what its dialect says",
  why: "The request has to be read to be judged or to be told to a provider in another format, and what cannot be read would be guessed.",
  explain: ([it]) => `In the request, ${ownWords(it) ?? "a member is not what it has to be"}.`,
  fix: [{ by: "caller", does: "Correct the member that is named" }],
})
