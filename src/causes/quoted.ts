/** Values that were shown as a list, `a, b`, or as one text, as a sentence holds them: `"a" and "b"`. */
export function quoted(shown: string, joint: "and" | "or", separator = ", "): string {
  if (shown === "nothing") return shown
  const values = shown
    .replace(/^"|"$/g, "")
    .split(separator)
    .map((it) => `"${it}"`)
  const last = values.pop() ?? ""
  return values.length === 0 ? last : `${values.join(", ")} ${joint} ${last}`
}
