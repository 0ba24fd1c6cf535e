const COMMON = new Set(
  "the a an of to in is it and for with on at as by be or not no from that this i my we but are was when after before all any only".split(
    " ",
  ),
)

/** The words of a text, each once, in lower case; numbers that may be a status or a code of a product are words, addresses are not. */
export function wordsOf(text: string): ReadonlySet<string> {
  const found =
    text
      .toLowerCase()
      .replace(/https?:\/\/\S+/g, " ")
      .match(/[a-z][a-z0-9_-]{1,24}|\b(?:[45]\d\d|1\d{3})\b/g) ?? []
  return new Set(found.filter((it) => !COMMON.has(it)))
}
