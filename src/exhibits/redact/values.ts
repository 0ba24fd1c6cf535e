/** A value that is no credential, and whose being so tells why a request was refused. */
const SAYS_NOTHING = new Set(
  `null undefined none nil nan true false yes no on off 0 1 include omit same-origin lax strict required optional missing fetch
  invalid expired absent present not is was empty denied forbidden failed failure error mismatch new-object object
  (none) (null) [object - redacted <redacted> [redacted] string`
    .trim()
    .split(/\s+/),
)

const SCHEME =
  /^(?:basic|bearer|digest|negotiate|ntlm|token|apikey|api-key|key|oauth|bot|hmac|signature|sharedkey|sharedkeylite|geniekey|splunk|aws|aws4-hmac-sha256|dpop|mac)[ \t]+/i

/** Letters of the scheme word that an `Authorization` value begins with, blanks behind it included; 0 for none. */
export const schemeLength = (value: string): number => SCHEME.exec(value)?.[0].length ?? 0

/**
 * Whether a value may stay: it is empty, a word for nothing, or the place where a credential should have been put
 * (`$TOKEN`, `{{token}}`, `<your token>`).
 */
export function isHarmless(value: string): boolean {
  const bare = value.trim()
  if (bare === "" || /^[*•.x]{1,200}$/i.test(bare) || SAYS_NOTHING.has(bare.toLowerCase())) return true
  return isPlaceholder(bare)
}

function isPlaceholder(value: string): boolean {
  if (value.length > 80) return false
  if (/^(?:\$|%env:|\$env:)?\{{1,2} ?[A-Za-z_][\w.:-]{0,60} ?\}{1,2}$/i.test(value)) return true
  if (/^<[A-Za-z][A-Za-z _-]{0,60}>$/.test(value) || /^%[A-Z_]{2,60}%$/.test(value)) return true
  return (
    /^\$(?:env:)?(?:[A-Z][A-Z0-9_]{0,60}|\w{0,40}(?:token|key|pass|secret|auth|cookie|http_|arg_|jwt|user|upstream_)\w{0,40})$/i.test(
      value,
    ) && /^\$(?:env:)?(?:[A-Z_]{1,60}$|[a-z_]{1,80}$|[A-Za-z]{0,40}(?:Token|Key|Secret|Password)$)/.test(value)
  )
}

/** A word that chance made: long, of letters and digits. */
export function isRandom(value: string): boolean {
  return value.length >= 16 && /^[A-Za-z0-9+/=_.~-]+$/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value)
}

/** Several plain words: someone writes about a token rather than the token. */
export const isProse = (value: string): boolean => /^[a-z']{1,20}(?: [a-z',]{1,20}){1,40}[.!]?$/i.test(value.trim())
