const BEYOND_ASCII = /[^\0-\x7f]/

/** Text as bytes, one character each: as a server compares it, without regard to what the bytes mean. */
export const toBytes = (text: string): string =>
  BEYOND_ASCII.test(text) ? Buffer.from(text, "utf8").toString("latin1") : text

/** The text that bytes stand for. */
export const fromBytes = (bytes: string): string =>
  BEYOND_ASCII.test(bytes) ? Buffer.from(bytes, "latin1").toString("utf8") : bytes
