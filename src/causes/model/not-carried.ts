import { cause } from "../cause.ts"
import { ownWords } from "../own-words.ts"

export const modelNotCarried = cause({
  code: "model/not-carried",
  status: 400,
  title: "The model cannot be asked for all that the request says",
  why: "The format of the model's provider has no place for a part of the request, and the operator wants such requests refused rather than cut.",
  explain: ([it]) => `No target of the model can be told this: ${ownWords(it) ?? "a part of the request"}.`,
  fix: [
    { by: "caller", does: "Leave that part out, or ask for a model whose provider knows it" },
    { by: "operator", does: "Set the model's `on-loss` to note, and it is left out and told in `Pinpoint-Dropped`" },
  ],
})
