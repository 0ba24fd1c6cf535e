import type { Masked, Reference } from "./mask.ts"

/** A masked piece of text with its references as they were written; `$${` as what it means. */
export function restored(text: string, references: readonly Reference[], masked: Masked): string {
  return replaced(text, references, masked, (it) =>
    it.kind === "literal" ? it.text : masked.original.slice(it.start, it.end),
  )
}

/** Puts something in the place of each placeholder. Folding and quoting keep their order, so they are met by counting. */
export function replaced(
  text: string,
  references: readonly Reference[],
  masked: Masked,
  by: (reference: Reference) => string,
): string {
  if (references.length === 0) return text
  let met = 0
  return text.replace(masked.placeholder, (whole) => {
    const reference = references[met++]
    // More placeholders than references happens only in a text with faults of syntax, whose values nobody uses.
    return reference === undefined ? whole : by(reference)
  })
}
