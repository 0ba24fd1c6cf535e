import type { Fields } from "../http/fields.ts"
import type { Dialect } from "./codec.ts"

/** Who tells limits by which names. OpenAI's are those of most others too. */
type Family = "openai" | "anthropic"

const PREFIX = { openai: "x-ratelimit-", anthropic: "anthropic-ratelimit-" } as const
const KINDS = ["requests", "tokens"] as const
const WHATS = ["limit", "remaining", "reset"] as const

/**
 * What a provider says of its limits, as lines in the names of the caller's dialect; empty where it says nothing, or the dialect
 * has no names for it. `now`: milliseconds since the epoch; OpenAI tells how long until a limit is whole again
 * (API reference, "Rate limits in headers"), Anthropic the time of it (API reference, "Rate limits", "Response headers").
 */
export function rateLimitLines(fields: Fields, dialect: Dialect, now: number): string {
  const family = familyOf(dialect)
  if (family === undefined) return ""
  const own = linesAsTold(fields, PREFIX[family])
  if (own !== "") return own
  const other = family === "openai" ? "anthropic" : "openai"
  let lines = ""
  for (const kind of KINDS)
    for (const what of WHATS) {
      const value = fields.get(nameOf(other, kind, what))
      const told = value === undefined || what !== "reset" ? value : resetIn(family, value, now)
      if (told !== undefined && told !== "") lines += `${nameOf(family, kind, what)}: ${told}\r\n`
    }
  return lines
}

function familyOf(dialect: Dialect): Family | undefined {
  switch (dialect) {
    case "openai-chat":
    case "openai-completions":
    case "openai-responses":
      return "openai"
    case "anthropic":
      return "anthropic"
    case "gemini":
      return undefined
  }
}

const nameOf = (family: Family, kind: (typeof KINDS)[number], what: (typeof WHATS)[number]): string =>
  family === "openai" ? `${PREFIX.openai}${what}-${kind}` : `${PREFIX.anthropic}${kind}-${what}`

/** All of a family, as its limits have more kinds than another can tell. */
function linesAsTold({ names, values }: Fields, prefix: string): string {
  let lines = ""
  for (let i = 0; i < names.length; i++) {
    const name = names[i]
    if (name?.startsWith(prefix)) lines += `${name}: ${values[i]}\r\n`
  }
  return lines
}

/** Undefined where it cannot be read. `family`: whose way to tell it is wanted. */
function resetIn(family: Family, value: string, now: number): string | undefined {
  if (family === "openai") {
    const at = /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN
    return Number.isNaN(at) ? undefined : `${Math.max(0, at - now) / 1000}s`
  }
  const after = milliseconds(value)
  return after === undefined ? undefined : `${new Date(now + after).toISOString().slice(0, 19)}Z`
}

const UNITS: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
/** Longer is no limit's; it may be a time instead. */
const LONGEST = 366 * 86_400_000

/** `6m0s`, `8.64s`, `3ms`; some tell plain seconds. */
function milliseconds(value: string): number | undefined {
  if (!/^(?:\d{1,12}(?:\.\d{1,9})?(?:ms|[smhd]))+$|^\d{1,9}(?:\.\d{1,9})?$/.test(value)) return undefined
  const parts = Array.from(value.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])?/g))
  const sum = parts.reduce((all, [, count = "0", unit = "s"]) => all + Number(count) * (UNITS[unit] ?? 1000), 0)
  return sum > LONGEST ? undefined : Math.ceil(sum)
}

/** Under which names providers tell the id of a request, which their support asks for. */
const REQUEST_IDS = ["request-id", "x-request-id", "apim-request-id", "x-amzn-requestid", "x-debug-trace-id"]

/** The provider's id of a request; undefined where it tells none that can be told on. */
export function providerRequestId(fields: Fields): string | undefined {
  const found = REQUEST_IDS.map((it) => fields.get(it)).find((it) => it !== undefined)
  return found !== undefined && /^[\x21-\x7e]{1,128}$/.test(found) ? found : undefined
}
