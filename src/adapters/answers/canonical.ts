import { isList, isMap, type Json } from "../../exhibits/json.ts"

/** JSON in one form for all ways to write the same: members in the order of their names, no blanks (as RFC 8785 §3.2.3). */
export function canonical(value: Json): string {
  if (isList(value)) return `[${value.map(canonical).join(",")}]`
  if (!isMap(value)) return JSON.stringify(value)
  const members: string[] = []
  for (const name of Object.keys(value).sort()) {
    const member = value[name]
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${canonical(member)}`)
  }
  return `{${members.join(",")}}`
}
