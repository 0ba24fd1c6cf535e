import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const wireCut = cause({
  code: "wire/cut",
  status: 400,
  title: "The connection ended inside the request",
  why: "Half a request that is taken for a whole one does half of what was meant.",
  explain: ([it]) => `The request is not whole, and was not passed on as if it were.${seen(it)}`,
  fix: [{ by: "caller", does: "Send the whole body, and keep the connection until the answer has come" }],
})
