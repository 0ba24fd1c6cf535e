import type { SeenRequest } from "../exhibits.ts"
import { curlOptions, type Given } from "./curl-options.ts"
import { seenRequest } from "./draft.ts"
import { addField, type Fields, readField } from "./fields.ts"
import { readUrl, withoutDotSegments } from "./url.ts"

/**
 * The request that `curl` with these words sends, fields that curl adds included. Its version is not known, so
 * `User-Agent` is `curl/` alone. Files are not read: what comes from one (`-d @file`, `-T file`) has no body here.
 */
export function readCurl(words: readonly string[]): SeenRequest | undefined {
  const given = curlOptions(words)
  const address = given.find(({ name }) => name === "url")?.value
  if (address === undefined) return undefined
  const has = (name: string): boolean => given.some((it) => it.name === name)
  const last = (name: string): string | undefined => given.findLast((it) => it.name === name)?.value
  const data = readData(given)
  const added = [...(has("get") && data.kind !== undefined ? [data.text] : []), ...queriesOf(given)]
  const url = readUrl(address, "http")
  const target =
    url === undefined ? undefined : added.length === 0 ? url.target : withQuery(url.target, added.join("&"))
  // Where curl adds to the query it takes the address apart, and the path as it is does not outlive that.
  const isFull = has("path-as-is") && added.length === 0
  const path = target === undefined || isFull ? target : withoutDotSegments(target)
  const isBody = !has("get") && (data.kind !== undefined || has("form") || has("form-string"))
  const method = last("request") ?? (has("head") ? "HEAD" : has("upload-file") ? "PUT" : isBody ? "POST" : "GET")
  const headers = fieldsSent(given, has("get") && data.kind !== "json" ? undefined : data.kind, {
    isForm: has("form") || has("form-string"),
    isBody,
    hasUserinfo: url?.hasUserinfo ?? false,
  })
  const body = isBody && !data.isFromFile && data.kind !== undefined ? data.text : undefined
  return seenRequest({
    method,
    url: url === undefined || path === undefined ? undefined : { ...url, target: last("request-target") ?? path },
    headers,
    areHeadersComplete:
      !["config", "netrc", "netrc-file", "netrc-optional", "n"].some(has) && !isJar(given) && !isHeaderFile(given),
    body,
  })
}

interface Data {
  readonly kind: "form" | "json" | undefined
  /** Joined as curl joins it. */
  readonly text: string
  readonly isFromFile: boolean
}

const DATA: ReadonlySet<string> = new Set(["data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "json"])

function readData(given: readonly Given[]): Data {
  const pieces = given.filter(({ name }) => DATA.has(name))
  const isJson = pieces.some(({ name }) => name === "json")
  return {
    kind: pieces.length === 0 ? undefined : isJson ? "json" : "form",
    text: pieces.reduce((before, { name, value }, index) => {
      const piece = name === "data-urlencode" ? encoded(value) : value
      return index === 0 || name === "json" ? before + piece : `${before}&${piece}`
    }, ""),
    isFromFile: pieces.some(({ name, value }) => name !== "data-raw" && isFile(name, value)),
  }
}

const isFile = (name: string, value: string): boolean =>
  value.startsWith("@") || (name === "data-urlencode" && /^[^=@]{1,100}@/.test(value))

const queriesOf = (given: readonly Given[]): readonly string[] =>
  given
    .filter(({ name }) => name === "url-query")
    .map(({ value }) => (value.startsWith("+") ? value.slice(1) : encoded(value)))

/** `name=content` with its content percent-encoded, as `--data-urlencode` has it. */
function encoded(value: string): string {
  const equals = value.indexOf("=")
  return equals < 0
    ? percent(value)
    : `${value.slice(0, Math.max(equals, 0))}${equals === 0 ? "" : "="}${percent(value.slice(equals + 1))}`
}

/** Blots stay as they are, so that their length is still the secret's. */
const percent = (text: string): string =>
  encodeURIComponent(text.toWellFormed())
    .replaceAll(/[!'()]/g, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+")

/** curl takes the whole for an address again, so that a `#` within begins its fragment. */
function withQuery(target: string, query: string): string {
  return `${target}${target.includes("?") ? "&" : "?"}${query.split("#", 1)[0]}`
}

const isJar = (given: readonly Given[]): boolean =>
  given.some(({ name, value }) => name === "cookie" && !value.includes("=") && !value.includes("*"))

const isHeaderFile = (given: readonly Given[]): boolean =>
  given.some(({ name, value }) => name === "header" && value.startsWith("@"))

interface Sent {
  readonly isForm: boolean
  readonly isBody: boolean
  readonly hasUserinfo: boolean
}

function fieldsSent(given: readonly Given[], data: Data["kind"], sent: Sent): Fields {
  const { isForm, isBody, hasUserinfo } = sent
  const own = new Map<string, string>()
  const removed = new Set<string>()
  const cookies: string[] = []
  for (const { name, value } of given) {
    if (name === "header") readHeader(value, own, removed)
    else if (name === "cookie" && (value.includes("=") || value.includes("*"))) cookies.push(value)
  }
  const added = new Map<string, string>()
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== "" && !own.has(name) && !removed.has(name)) added.set(name, value)
  }
  const last = (name: string): string | undefined => given.findLast((it) => it.name === name)?.value
  const userAgent = last("user-agent")
  add("user-agent", userAgent ?? "curl/")
  add("accept", data === "json" ? "application/json" : "*/*")
  add("referer", last("referer")?.replace(/;auto$/, ""))
  add("cookie", cookies.length === 0 ? undefined : cookies.join(";"))
  // With a body curl tells the range as `Content-Range`, whose length is not known here.
  if (!isBody) add("range", last("range") === undefined ? undefined : `bytes=${last("range")}`)
  add("authorization", credentialOf(given, hasUserinfo))
  if (isForm) add("content-type", "multipart/form-data")
  else if (data !== undefined)
    add("content-type", data === "json" ? "application/json" : "application/x-www-form-urlencoded")
  return new Map([...added, ...own])
}

/** `Name: value`, `Name;` for an empty value, `Name:` to leave out what curl would send. */
function readHeader(text: string, own: Map<string, string>, removed: Set<string>): void {
  const field = readField(text)
  if (field !== undefined && field[1] === "") removed.add(field[0].toLowerCase())
  else if (field !== undefined) addField(own, ...field)
  else if (/^[A-Za-z0-9-]{1,128};[ \t]*$/.test(text)) addField(own, text.slice(0, text.indexOf(";")), "")
}

/** The scheme; what was sent with it is nobody's business here. */
function credentialOf(given: readonly Given[], hasUserinfo: boolean): string | undefined {
  const has = (name: string): boolean => given.some((it) => it.name === name)
  const bearer = given.findLast(({ name }) => name === "oauth2-bearer")?.value
  if (bearer !== undefined) return `Bearer ${"*".repeat(bearer.length)}`
  const isOtherScheme = ["digest", "ntlm", "negotiate", "anyauth"].some(has)
  if (has("aws-sigv4")) return "AWS4-HMAC-SHA256 ***"
  const user = given.findLast(({ name }) => name === "user")?.value
  if (isOtherScheme || (user === undefined && !hasUserinfo)) return undefined
  return `Basic ${"*".repeat(user === undefined ? 3 : Math.ceil(user.length / 3) * 4)}`
}
