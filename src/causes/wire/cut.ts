import { cause } from "../../decision/cause.ts"

export const wireCut = cause({
  code: "wire/cut",
  status: 400,
  title: "The connection ended inside the request",
  explain: ([it]) =>
    `The request announced more than it sent, so it was not forwarded as if it were whole. What had come was ${it.observed ?? "a part"}.`,
  fix: [{ by: "caller", does: "Send the whole body, and keep the connection until the answer has come" }],
})
