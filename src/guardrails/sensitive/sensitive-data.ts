import type { Scanner } from "../scanner.ts"
import { Terms } from "../terms/terms.ts"
import { assignedSecret } from "./assigned-secret.ts"
import { card } from "./card.ts"
import { email } from "./email.ts"
import { iban } from "./iban.ts"
import { jwt } from "./jwt.ts"
import { phone } from "./phone.ts"
import { privateKey, privateKeyEnd } from "./private-key.ts"
import { token } from "./token.ts"

/** Kinds of sensitive data that are known by their form. */
export const SENSITIVE_KINDS = ["email", "card", "iban", "phone", "secret"] as const
export type SensitiveKind = (typeof SENSITIVE_KINDS)[number]

/** Grows when what is found changes, so that a record tells by which version it was found. */
export const SENSITIVE_DATA_VERSION = 1

const SCANNERS: Readonly<Record<SensitiveKind, readonly Scanner[]>> = {
  email: [email],
  card: [card],
  iban: [iban],
  phone: [phone],
  secret: [token, jwt, privateKey, privateKeyEnd, assignedSecret],
}

/** What looks for these kinds, and for names of a list under the kind `name`. */
export function sensitiveScanners(kinds: readonly SensitiveKind[], names: readonly string[]): readonly Scanner[] {
  const listed = names.length === 0 ? [] : [new Terms("name", names, false)]
  return [...SENSITIVE_KINDS.filter((it) => kinds.includes(it)).flatMap((it) => SCANNERS[it]), ...listed]
}
