import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const wireFieldValue = cause({
  code: "wire/field-value",
  status: 400,
  title: "A header field holds a control character",
  why: "A control character ends a field for some servers and not for others. Two servers that read the same bytes differently can be played against each other, which is how requests are smuggled past rules. What can be read in two ways is refused rather than guessed at.",
  explain: ([it]) => `A field's value is text without control characters (RFC 9110, section 5.5).${seen(it)}`,
  fix: [{ by: "caller", does: "Remove control characters from the field, or encode them" }],
})
