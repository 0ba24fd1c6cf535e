import { toBytes } from "../values/bytes.ts"

/** Fields of a request by name; names as variables write them: lower case, underscores for hyphens. */
export class Headers {
  readonly #values = new Map<string, string[]>()

  constructor(fields: readonly (readonly [name: string, value: string])[]) {
    for (const [name, value] of fields) {
      // nginx leaves out names with other characters than these (`ignore_invalid_headers`, `underscores_in_headers`).
      if (!/^[A-Za-z0-9-]+$/.test(name)) continue
      const key = name.toLowerCase().replaceAll("-", "_")
      const values = this.#values.get(key)
      if (values === undefined) this.#values.set(key, [toBytes(value.trim())])
      else values.push(toBytes(value.trim()))
    }
  }

  first(name: string): string | undefined {
    return this.#values.get(name)?.[0]
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? []
  }

  /** As a variable has it: some fields sent twice are joined, of others the first counts. */
  variable(name: string): string {
    const values = this.all(name)
    if (values.length < 2) return values[0] ?? ""
    if (name === "cookie") return values.join("; ")
    return name === "x_forwarded_for" ? values.join(", ") : (values[0] ?? "")
  }
}
