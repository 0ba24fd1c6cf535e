/** Tokens taken for an image, which no provider tells by its bytes alone; the largest kinds cost about this. */
const IMAGE = 1_600
/** Bytes of base64 for a token of sound: 32 tokens a second (Gemini) at 16 kB a second. */
const SOUND = 680
/** Bytes of base64 for a token of a document: 3000 tokens a page of text and picture, at 60 kB a page. */
const DOCUMENT = 25
/** Base64 of a medium is longer than this, and words are shorter. */
const RUN = 256

/**
 * How many tokens a request's JSON has at most, nearly: made to be reserved before the call and given back after it, so that
 * it rather says too much. Counts what is between braces too, since tools and roles are tokens. Base64 counts as the image,
 * sound or document it is; media told by address count as their addresses. No tokenizer: some nanoseconds a byte, and none
 * for base64. `body`: JSON in UTF-8.
 */
export function estimateTokens(body: Uint8Array): number {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  let eighths = 0
  let at = 0
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0
    const kind = KIND[byte]
    if (kind === WORD || kind === DIGIT) {
      let end = at + 1
      while (KIND[bytes[end] ?? 0] === kind) end += 1
      eighths += kind === WORD ? wordWeight(end - at) : digitsWeight(end - at)
      at = end
    } else if (kind === ESCAPE) {
      const code = bytes[at + 1] === 0x75 ? escapedCode(bytes, at + 2) : 0
      eighths += code < 0x80 ? SIGN : codeWeight(code)
      at += code === 0 ? 2 : 6
    } else {
      eighths += WEIGHT[byte] ?? 0
      at += 1
      if (byte === QUOTE || byte === COMMA) {
        const media = mediaLength(bytes, at)
        if (media > 0) eighths += 8 * mediaTokens(bytes, at, media)
        at += media
      }
    }
  }
  return Math.ceil(eighths / 8)
}

/** A word of English is a token with its blank; longer ones are several. In eighths of a token, as all weights are. */
const wordWeight = (length: number): number => (length <= 2 ? 6 : length <= 6 ? 9 : 9 + (length - 6) * 2)

/** Tokens have up to three digits, and none with the blank before them. */
const digitsWeight = (length: number): number => 8 * Math.ceil(length / 3) + 6

const SIGN = 5

/** `\u041f`: some clients write everything but ASCII so. */
function escapedCode(bytes: Buffer, at: number): number {
  const code = Number.parseInt(bytes.toString("latin1", at, at + 4), 16)
  return Number.isNaN(code) ? 0 : code
}

/** Of characters outside ASCII: alphabets, then scripts of India and Thailand, then Chinese and others; pairs of surrogates. */
function codeWeight(code: number): number {
  if (code < 0x800) return 3
  if (code < 0x1000) return 5
  return code >= 0xd800 && code < 0xe000 ? 12 : 9
}

/** How long the base64 is that begins here; 0 where none does. It stands in a string of its own and ends with it. */
function mediaLength(bytes: Buffer, from: number): number {
  let at = from
  while (at < from + RUN && BASE64[bytes[at] ?? 0] === 1) at += 1
  if (at < from + RUN) return 0
  const before = bytes.toString("latin1", Math.max(0, from - 24), from)
  if (!/(?:base64,|(?:data|bytes|b64_json)"\s*:\s*")$/i.test(before)) return 0
  const quote = bytes.indexOf(QUOTE, at)
  return (quote < 0 ? bytes.length : quote) - from
}

function mediaTokens(bytes: Buffer, from: number, length: number): number {
  // What a file begins with tells what it is: %PDF; RIFF that is not WebP, ID3, OggS, fLaC and frames of MPEG.
  const start = bytes.toString("latin1", from, from + 32)
  if (start.startsWith("JVBERi")) return Math.ceil(length / DOCUMENT)
  if (/^(?:UklGR(?!.{6}XRUJQ)|SUQz|T2dnUw|ZkxhQ|\/\/[uvsm])/.test(start))
    return Math.max(100, Math.ceil(length / SOUND))
  return IMAGE
}

const QUOTE = 0x22
const COMMA = 0x2c
const [WORD, DIGIT, ESCAPE] = [1, 2, 3] as const

const KIND = new Uint8Array(256)
const BASE64 = new Uint8Array(256)
/** For bytes that are neither in words nor digits. */
const WEIGHT = new Uint8Array(256)

for (let byte = 0; byte < 256; byte += 1) {
  const text = String.fromCharCode(byte)
  if (/[A-Za-z]/.test(text)) KIND[byte] = WORD
  if (/\d/.test(text)) KIND[byte] = DIGIT
  if (text === "\\") KIND[byte] = ESCAPE
  if (/[A-Za-z0-9+/=_-]/.test(text)) BASE64[byte] = 1
  WEIGHT[byte] = weightOf(byte)
}

function weightOf(byte: number): number {
  if (byte === 0x20) return 1
  if (byte < 0x80) return SIGN
  // The first byte of a character in UTF-8 weighs for all of it.
  if (byte >= 0xf0) return 24
  if (byte >= 0xe0) return codeWeight((byte & 0x0f) << 12 || 0x800)
  return byte >= 0xc0 ? codeWeight(0x80) : 0
}
