import { cause } from "../../decision/cause.ts"

export const wireLengthConflict = cause({
  code: "wire/length-conflict",
  status: 400,
  title: "Content-Length is given more than once",
  explain: ([it]) =>
    `Two lengths let two servers end the request at two places, which is how requests are smuggled (RFC 9112, section 6.3). What came was ${it.observed ?? "more than one"}.`,
  fix: [{ by: "caller", does: "Send Content-Length once" }],
})
