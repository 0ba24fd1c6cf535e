import { cause } from "../../decision/cause.ts"

export const wireFieldName = cause({
  code: "wire/field-name",
  status: 400,
  title: "A header field has a name that no field can have",
  explain: ([it]) =>
    `A field's name is a token, directly followed by a colon (RFC 9112, section 5.1). What came was ${it.observed ?? "another"}.`,
  fix: [{ by: "caller", does: "Mend the field's name, or the blank before its colon" }],
})
