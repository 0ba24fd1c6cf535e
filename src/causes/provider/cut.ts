import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const providerCut = cause({
  code: "provider/cut",
  status: 502,
  title: "The stream of the model's provider broke off before its end",
  why: "An answer that broke off is told as broken off, since a caller who takes it for whole works with half of it.",
  explain: ([it]) =>
    `The answer began, and its stream ended without the mark its format ends with. What came before is not the whole.${seen(it)}`,
  fix: [
    { by: "caller", does: "Repeat the request, and do not use the part that came" },
    { by: "operator", does: "See whether a proxy between cuts long answers, or name a second target" },
  ],
})
