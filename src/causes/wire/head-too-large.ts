import { cause } from "../cause.ts"

export const wireHeadTooLarge = cause({
  code: "wire/head-too-large",
  status: 431,
  title: "The request's header fields are larger than is accepted",
  why: "A head is held in memory until it is whole. Without a bound one caller could fill that memory.",
  explain: ([it]) =>
    `The head holds ${it.observed ?? "more than is accepted"}, and the limit is what \`limits.head\` and \`limits.fields\` say.`,
  fix: [
    { by: "caller", does: "Send fewer or smaller header fields; cookies are the usual weight" },
    { by: "operator", does: "Raise `limits.head` or `limits.fields` in the configuration" },
  ],
})
