import type { SeenRequest } from "../exhibits.ts"
import { seenRequest } from "./draft.ts"
import { addField, readField } from "./fields.ts"
import { readUrl } from "./url.ts"

/** Options of wget whose value may stand in the next word. */
const WITH_VALUE =
  /^(?:-[OPoaUtTQileBDAR]|--(?:header|method|body-data|post-data|user-agent|referer|user|password|output-document|timeout|tries))$/

/** The request that `wget` with these words sends. Its version is not known, so `User-Agent` is `Wget/` alone. */
export function readWget(words: readonly string[]): SeenRequest | undefined {
  const headers = new Map<string, string>()
  const said = new Map<string, string>()
  let address: string | undefined
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ""
    const equals = word.indexOf("=")
    const isJoined = word.startsWith("--") && equals > 0
    const name = isJoined ? word.slice(0, equals) : word
    const value = isJoined ? word.slice(equals + 1) : WITH_VALUE.test(word) ? (words[++at] ?? "") : ""
    const field = name === "--header" ? readField(value) : undefined
    if (field !== undefined) addField(headers, ...field)
    else if (word.startsWith("-")) said.set(name === "-U" ? "--user-agent" : name, value)
    else address = word
  }
  const url = address === undefined ? undefined : readUrl(address, "http")
  if (url === undefined) return undefined
  const body = said.get("--post-data") ?? said.get("--body-data")
  const method =
    said.get("--method") ??
    (said.has("--post-data") || said.has("--post-file") ? "POST" : said.has("--spider") ? "HEAD" : "GET")
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && !headers.has(name)) headers.set(name, value)
  }
  add("user-agent", said.get("--user-agent") ?? "Wget/")
  add("accept", "*/*")
  add("referer", said.get("--referer"))
  if (body !== undefined) add("content-type", "application/x-www-form-urlencoded")
  return seenRequest({ method, url, headers, areHeadersComplete: !said.has("--load-cookies"), body })
}
