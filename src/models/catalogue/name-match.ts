/** Which names of models a catalogue entry is about; letters count alike in either case. */
export type NameMatch =
  | { readonly equals: string }
  | { readonly starts_with: string }
  | { readonly ends_with: string }
  | { readonly contains: string }
  | { readonly regex: string }
  | { readonly and: readonly NameMatch[] }
  | { readonly or: readonly NameMatch[] }

/** `name` in lower case. */
export function matches(match: NameMatch, name: string): boolean {
  if ("or" in match) return match.or.some((it) => matches(it, name))
  if ("and" in match) return match.and.every((it) => matches(it, name))
  if ("equals" in match) return name === match.equals.toLowerCase()
  if ("starts_with" in match) return name.startsWith(match.starts_with.toLowerCase())
  if ("ends_with" in match) return name.endsWith(match.ends_with.toLowerCase())
  if ("contains" in match) return name.includes(match.contains.toLowerCase())
  return new RegExp(match.regex).test(name)
}

/** `-20250514` is written `-2025-05-14` in the catalogue. */
export const withDashedDate = (name: string): string =>
  name.replace(/-(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=-|:|$)/g, (all, year, month, day) =>
    isDate(Number(year), Number(month), Number(day)) ? `-${year}-${month}-${day}` : all,
  )

function isDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}
