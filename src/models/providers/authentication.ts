/** What a provider's key is, and how it is shown. */
export type Authentication =
  | { readonly kind: "bearer" }
  /** `name` in lower case. */
  | { readonly kind: "header"; readonly name: string }
  /** AWS Signature Version 4; its lines depend on the request and are made by the Bedrock codec. */
  | { readonly kind: "sigv4"; readonly service: string }
  /** An OAuth 2.0 access token of Google Cloud, which the operator keeps fresh. */
  | { readonly kind: "google-access-token" }
  | { readonly kind: "none" }

export type HeaderLine = readonly [name: string, value: string]

/** RFC 9110, section 5.5: visible ASCII. A line break would let a key write further lines. */
const SENDABLE = /^[\x21-\x7e]+$/

export const isSendable = (secret: string): boolean => SENDABLE.test(secret)

/**
 * The lines that show a key; none where there is none to show, and none for `sigv4`, which signs each request.
 * Throws a RangeError, which does not hold the key, for one that cannot stand in a line.
 */
export function authLines(auth: Authentication, secret: string | undefined): readonly HeaderLine[] {
  if (secret === undefined) return []
  if (!isSendable(secret)) throw new RangeError("the key has characters that cannot be sent in a header field")
  switch (auth.kind) {
    case "bearer":
    case "google-access-token":
      return [["authorization", `Bearer ${secret}`]]
    case "header":
      return [[auth.name, secret]]
    case "sigv4":
    case "none":
      return []
  }
}
