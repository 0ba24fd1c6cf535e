// Classes of characters as PCRE has them on bytes, in the words of a JavaScript set.

export const CLASSES: Readonly<Record<string, string>> = { d: "0-9", w: "0-9A-Za-z_", s: "\\t-\\r ", h: "\\t \\xa0" }
export const NEGATED: Readonly<Record<string, string>> = { D: "0-9", W: "0-9A-Za-z_", S: "\\t-\\r " }
export const POSIX: Readonly<Record<string, string>> = {
  alpha: "A-Za-z",
  digit: "0-9",
  alnum: "0-9A-Za-z",
  upper: "A-Z",
  lower: "a-z",
  space: "\\t-\\r ",
  xdigit: "0-9A-Fa-f",
  word: "0-9A-Za-z_",
  punct: "!-\\/:-@\\[-`{-~",
}
