import { cause } from "../../decision/cause.ts"

export const wireFieldFolded = cause({
  code: "wire/field-folded",
  status: 400,
  title: "A header field is folded over several lines",
  explain: ([it]) =>
    `Folding is obsolete and read differently by different servers (RFC 9112, section 5.2). It was in ${it.observed ?? "a field"}.`,
  fix: [{ by: "caller", does: "Write each field on one line" }],
})
