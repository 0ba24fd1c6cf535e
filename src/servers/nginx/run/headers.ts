import { toBytes } from "../../values/bytes.ts"

/** Fields of a request by name; names as variables write them: lower case, underscores for hyphens. */
export class Headers {
  readonly #fields: readonly (readonly [name: string, value: string])[]

  constructor(fields: readonly (readonly [name: string, value: string])[]) {
    this.#fields = fields
  }

  first(name: string): string | undefined {
    for (const [written, value] of this.#fields) if (isNamed(written, name)) return toBytes(value.trim())
    return undefined
  }

  all(name: string): readonly string[] {
    return this.#fields.filter(([written]) => isNamed(written, name)).map(([, value]) => toBytes(value.trim()))
  }

  /** As a variable has it: some fields sent twice are joined, of others the first counts. */
  variable(name: string): string {
    if (name === "cookie") return this.all(name).join("; ")
    if (name === "x_forwarded_for") return this.all(name).join(", ")
    return this.first(name) ?? ""
  }
}

const HYPHEN = 45
const UNDERSCORE = 95

/** nginx leaves out names with other characters than letters, digits and hyphens (`ignore_invalid_headers`). */
function isNamed(written: string, name: string): boolean {
  if (written.length !== name.length) return false
  for (let at = 0; at < name.length; at++) {
    const code = written.charCodeAt(at)
    if (code === UNDERSCORE) return false
    const lower = code >= 65 && code <= 90 ? code | 32 : code === HYPHEN ? UNDERSCORE : code
    if (lower !== name.charCodeAt(at)) return false
  }
  return true
}
