import { timingSafeEqual } from "node:crypto"

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

/** The greatest multiple of 62 in a byte: bytes from here on would make some characters likelier than others. */
const FAIR = 248

/** `length` characters of base 62, each with just under 6 bits that nobody can guess. */
export function randomText(length: number): string {
  let text = ""
  const bytes = new Uint8Array(length * 2)
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(bytes)) {
      if (byte < FAIR && text.length < length) text += BASE62.charAt(byte % 62)
    }
  }
  return text
}

export const DIGEST_BYTES = 32

/** Only this is kept of a secret. No salt and no stretching: the secrets are long and random, so there is nothing to guess. */
export function digestOf(secret: string, into: Uint8Array = new Uint8Array(DIGEST_BYTES)): Uint8Array {
  Bun.SHA256.hash(secret, into)
  return into
}

/** How long it takes does not tell where they differ. */
export const sameDigest = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b)
