import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const wireFieldName = cause({
  code: "wire/field-name",
  status: 400,
  title: "A header field has a name that no field can have",
  why: "A name with a blank is one field to some servers and none to others; a rule that looks for it is then walked around. Two servers that read the same bytes differently can be played against each other, which is how requests are smuggled past rules. What can be read in two ways is refused rather than guessed at.",
  explain: ([it]) => `A field's name is a token, directly followed by a colon (RFC 9112, section 5.1).${seen(it)}`,
  fix: [{ by: "caller", does: "Mend the field's name, or take out the blank before its colon" }],
})
