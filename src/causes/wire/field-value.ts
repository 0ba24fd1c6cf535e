import { cause } from "../../decision/cause.ts"

export const wireFieldValue = cause({
  code: "wire/field-value",
  status: 400,
  title: "A header field holds a control character",
  explain: ([it]) =>
    `Control characters in a field split requests on some servers and not on others (RFC 9110, section 5.5). It was in ${it.observed ?? "a field"}.`,
  fix: [{ by: "caller", does: "Remove control characters from the field, or encode them" }],
})
