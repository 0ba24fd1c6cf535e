/** When a target may be chosen. All that is set has to hold. */
export interface Condition {
  /** Tokens of the request, by estimate. */
  readonly minInput?: number
  readonly maxInput?: number
  /** Names of tenants, of which the caller's must be one. */
  readonly tenants?: readonly string[]
  /** Field names in lower case, with the value each must have; `*` for any. */
  readonly headers?: readonly (readonly [name: string, value: string])[]
}

/** What conditions look at. */
export interface Circumstances {
  readonly inputTokens: number
  readonly tenant: string | undefined
  header(name: string): string | undefined
}

/** Why a target is not for this call; undefined where it is. */
export function unmet(condition: Condition, seen: Circumstances): string | undefined {
  const { minInput = 0, maxInput = Number.POSITIVE_INFINITY, tenants, headers } = condition
  if (seen.inputTokens < minInput)
    return `takes requests from ${minInput} tokens, and this has about ${seen.inputTokens}`
  if (seen.inputTokens > maxInput)
    return `takes requests of at most ${maxInput} tokens, and this has about ${seen.inputTokens}`
  if (tenants !== undefined && (seen.tenant === undefined || !tenants.includes(seen.tenant)))
    return seen.tenant === undefined
      ? "is for certain tenants, and the key has none"
      : `is not for the tenant ${seen.tenant}`
  const lacking = headers?.find(([name, value]) => {
    const sent = seen.header(name)
    return value === "*" ? sent === undefined : sent !== value
  })
  return lacking === undefined ? undefined : `asks for the field ${lacking[0]}: ${lacking[1]}`
}
