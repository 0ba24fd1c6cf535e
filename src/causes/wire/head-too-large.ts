import { cause } from "../../decision/cause.ts"

export const wireHeadTooLarge = cause({
  code: "wire/head-too-large",
  status: 431,
  title: "The request's header fields are larger than is accepted",
  explain: ([it]) => `${it.observed ?? "The head"} is over what one request may hold in its head.`,
  fix: [
    { by: "caller", does: "Send fewer or smaller header fields; cookies are the usual weight" },
    { by: "operator", does: "Raise `limits.head` in the configuration" },
  ],
})
