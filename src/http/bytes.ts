declare global {
  interface Buffer {
    /** Bun and Node have it on every Buffer, and it is twice as fast as `toString("latin1", …)`; the types leave it out. */
    latin1Slice(from: number, to: number): string
    /** Returns how many bytes were written. */
    latin1Write(text: string, at: number, length: number): number
  }
}

export const CR = 0x0d
export const LF = 0x0a
export const SP = 0x20
export const TAB = 0x09

function table(allowed: (code: number) => boolean): Uint8Array {
  const found = new Uint8Array(256)
  for (let code = 0; code < 256; code++) if (allowed(code)) found[code] = 1
  return found
}

const TOKEN_CHARACTERS = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

/** 1 for each byte of a token (RFC 9110 §5.6.2). Indexed by byte. */
export const IS_TOKEN = table((code) => TOKEN_CHARACTERS.includes(String.fromCharCode(code)))

/** 1 for each byte a field value may hold (RFC 9110 §5.5): blanks, visible ASCII and obs-text. Indexed by byte. */
export const IS_FIELD_BYTE = table((code) => code === TAB || (code >= SP && code !== 0x7f))

/** 1 for each byte a path may hold that needs no second look: no escape, no dot, nothing that ends it. Indexed by byte. */
export const IS_PLAIN_IN_PATH = table(
  (code) => code > SP && code < 0x7f && !"%.#?\\".includes(String.fromCharCode(code)),
)

/** 1 for each byte a query may hold. Indexed by byte. */
export const IS_QUERY_BYTE = table((code) => code > SP && code < 0x7f && code !== 0x23)

/** The value of a hexadecimal digit, or -1. */
export function hexValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

/** The same memory as a Buffer, whose native search and decoding the codec needs. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
