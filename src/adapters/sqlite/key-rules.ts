import { KeyFault, type NewKey } from "../../ports/keys.ts"
import type { Membership, PlainLimits } from "../../ports/model-limits.ts"

const NAME = /^[A-Za-z0-9._-]{1,64}$/

/** A scope-token of RFC 6749, section 3.3: printable ASCII without space, quotation mark and backslash. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/

/** @throws KeyFault */
export function checkKey({ name, scopes, expiresAt, limits = {}, ...membership }: NewKey, now: number): void {
  if (!NAME.test(name)) {
    throw new KeyFault(
      `${JSON.stringify(name)} cannot name a key: names are 1 to 64 letters, digits, dots, hyphens and underscores. Choose such a name.`,
    )
  }
  checkScopes(scopes)
  checkMembership(membership)
  checkLimits(limits)
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

const GROUP = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** @throws KeyFault */
export function checkMembership({ team, tenant }: Membership): void {
  for (const group of [team, tenant]) {
    if (group === undefined || GROUP.test(group)) continue
    throw new KeyFault(
      `${JSON.stringify(group)} cannot name a team or tenant: names are 1 to 64 letters, digits, dots, hyphens and underscores. Name one of the configuration.`,
    )
  }
  if (team !== undefined && tenant !== undefined)
    throw new KeyFault(`The tenant of a key is that of its team "${team}". Leave the tenant out, or the team.`)
}

const MODEL = /^[^\s"\\]{1,128}$/

/** @throws KeyFault */
export function checkLimits({ models = [], ...counts }: PlainLimits): void {
  for (const pattern of models) {
    if (MODEL.test(pattern)) continue
    throw new KeyFault(
      `${JSON.stringify(pattern)} cannot match a model: patterns are 1 to 128 characters without space, quotation mark and backslash, with * for any text. Write it so.`,
    )
  }
  for (const [limit, count] of Object.entries(counts)) {
    if (Number.isSafeInteger(count) && count >= 0) continue
    throw new KeyFault(`${limit} cannot be ${count}: limits are whole numbers from 0. Choose such a number.`)
  }
}
