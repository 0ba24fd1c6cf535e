import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const wireFieldFolded = cause({
  code: "wire/field-folded",
  status: 400,
  title: "A header field is folded over several lines",
  why: "Folding was taken out of HTTP, and what is left of it is read in different ways: as one field, as two, or as the begin of something else. Two servers that read the same bytes differently can be played against each other, which is how requests are smuggled past rules. What can be read in two ways is refused rather than guessed at.",
  explain: ([it]) => `A field stands on one line (RFC 9112, section 5.2).${seen(it)}`,
  fix: [{ by: "caller", does: "Write each field on one line" }],
})
