import type { SeenRequest } from "../exhibits.ts"
import { seenRequest } from "./draft.ts"
import { addField } from "./fields.ts"
import { readUrl } from "./url.ts"

const WITH_VALUE =
  /^(?:-[aAospr]|--(?:auth|auth-type|session|session-read-only|output|print|proxy|verify|timeout|raw|style|cert|cert-key))$/
const ITEM = /^([^:=@\s]{1,256})(:=@?|==|=@?|:|@)(.*)$/s

/** The request that HTTPie (`http`, `https`, also `xh`) with these words sends. */
export function readHttpie(program: string, words: readonly string[]): SeenRequest | undefined {
  const said = words.filter((word, at) => !word.startsWith("-") && !WITH_VALUE.test(words[at - 1] ?? ""))
  const named = /^[A-Z]{3,12}$/.test(said[0] ?? "") ? said[0] : undefined
  const [address = "", ...items] = named === undefined ? said : said.slice(1)
  const place = address.startsWith(":") ? `localhost${/^:\d/.test(address) ? address : address.slice(1)}` : address
  const url = readUrl(place, program === "https" ? "https" : "http")
  if (url === undefined) return undefined
  const headers = new Map<string, string>()
  const query: string[] = []
  const fields: string[] = []
  for (const item of items) {
    const [, name = "", sign = "", value = ""] = ITEM.exec(item) ?? []
    if (sign === ":") addField(headers, name, value)
    else if (sign === "==")
      query.push(`${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(value.toWellFormed())}`)
    else if (sign !== "") fields.push(`${JSON.stringify(name)}: ${sign === ":=" ? value : JSON.stringify(value)}`)
  }
  const isForm = words.some((it) => it === "-f" || it === "--form")
  const hasBody = fields.length > 0
  if (hasBody && !headers.has("content-type"))
    headers.set("content-type", isForm ? "application/x-www-form-urlencoded" : "application/json")
  if (!headers.has("accept")) headers.set("accept", hasBody && !isForm ? "application/json, */*;q=0.5" : "*/*")
  if (!headers.has("user-agent")) headers.set("user-agent", "HTTPie/")
  const target =
    query.length === 0 ? url.target : `${url.target}${url.target.includes("?") ? "&" : "?"}${query.join("&")}`
  return seenRequest({
    method: named ?? (hasBody ? "POST" : "GET"),
    url: { ...url, target },
    headers,
    areHeadersComplete: !words.some((it) => it.startsWith("--session")),
    body: hasBody && !isForm ? `{${fields.join(", ")}}` : undefined,
  })
}
