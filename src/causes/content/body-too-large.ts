import { cause } from "../../decision/cause.ts"

export const contentBodyTooLarge = cause({
  code: "content/body-too-large",
  status: 413,
  title: "The body is larger than the route accepts",
  explain: ([it]) =>
    `${it.observed ?? "The body"} bytes were sent or announced, and ${it.required ?? "fewer"} are accepted.`,
  fix: [
    { by: "caller", does: "Send less, or in several requests" },
    { by: "operator", does: "Raise `body-limit`" },
  ],
})
