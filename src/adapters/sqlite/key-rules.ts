import { KeyFault, type NewKey } from "../../ports/keys.ts"

const NAME = /^[A-Za-z0-9._-]{1,64}$/

/** A scope-token of RFC 6749, section 3.3: printable ASCII without space, quotation mark and backslash. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/

/** @throws KeyFault */
export function checkKey({ name, scopes, expiresAt }: NewKey, now: number): void {
  if (!NAME.test(name)) {
    throw new KeyFault(
      `${JSON.stringify(name)} cannot name a key: names are 1 to 64 letters, digits, dots, hyphens and underscores. Choose such a name.`,
    )
  }
  checkScopes(scopes)
  if (expiresAt === undefined) return
  if (!Number.isSafeInteger(expiresAt) || expiresAt <= now) {
    throw new KeyFault(
      `The key "${name}" would expire at ${String(expiresAt)}, which is not a time to come, in whole milliseconds since 1970; now is ${now}. Choose a later time, or none.`,
    )
  }
}

/** @throws KeyFault */
export function checkScopes(scopes: readonly string[]): void {
  for (const scope of scopes) {
    if (SCOPE.test(scope)) continue
    throw new KeyFault(
      `${JSON.stringify(scope)} cannot be a scope: scopes are 1 to 128 printable ASCII characters without space, quotation mark and backslash (RFC 6749, section 3.3). Write it so.`,
    )
  }
}
