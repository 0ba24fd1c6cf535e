import { MOST_FIELDS } from "../limits.ts"

/** Header fields by lower-case name; of fields sent twice, joined with `, `. */
export type Fields = ReadonlyMap<string, string>

const FIELD = /^(:?[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128})[ \t]*:(.*)$/s

/** Name and value of one `name: value` line, or undefined. */
export function readField(line: string): readonly [name: string, value: string] | undefined {
  const match = FIELD.exec(line)
  return match === null ? undefined : [match[1] ?? "", (match[2] ?? "").trim()]
}

export function fieldsOf(pairs: Iterable<readonly [name: string, value: string]>): Fields {
  const fields = new Map<string, string>()
  for (const [name, value] of pairs) addField(fields, name, value)
  return fields
}

/** Beyond `MOST_FIELDS` names nothing is added. */
export function addField(fields: Map<string, string>, name: string, value: string): void {
  const key = name.toLowerCase()
  const before = fields.get(key)
  if (before !== undefined) fields.set(key, `${before}, ${value}`)
  else if (fields.size < MOST_FIELDS) fields.set(key, value)
}
