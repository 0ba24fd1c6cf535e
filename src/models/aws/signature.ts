import { createHash, createHmac } from "node:crypto"
import type { HeaderLine } from "../providers/authentication.ts"

/** Of an AWS identity. Never shown to anyone; what is signed with it may be. */
export interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Of temporary credentials. */
  readonly sessionToken?: string
}

/** What is sent. All headers told here are signed. */
export interface SignableRequest {
  readonly method: string
  /** Host, with the port where it is not the scheme's own. */
  readonly host: string
  /** As it stands in the request line, escaped, without a query. */
  readonly path: string
  /** As it stands in the request line, without `?`; empty for none. */
  readonly query: string
  readonly headers: readonly HeaderLine[]
  readonly body: Uint8Array | string
}

/** Where the signing key of a day is kept, so that it is worked out once: four HMACs are more than the signature itself. */
interface DayKey {
  readonly secret: string
  readonly scope: string
  readonly key: Buffer
}
const MOST_KEYS = 64
const keys = new Map<string, DayKey>()

/**
 * Header lines to add to a request, after "Signature Version 4 signing process" of the AWS General Reference: `x-amz-date` and,
 * where there is a session, `x-amz-security-token`, which are signed too, and `authorization`. The path is escaped once
 * more, as for all services but S3.
 */
export function sign(
  request: SignableRequest,
  credentials: AwsCredentials,
  region: string,
  service: string,
  now: Date,
): readonly HeaderLine[] {
  const date = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, "")
  const added: HeaderLine[] = [["x-amz-date", date]]
  if (credentials.sessionToken !== undefined) added.push(["x-amz-security-token", credentials.sessionToken])
  const headers = canonicalHeaders([["host", request.host], ...request.headers, ...added])
  const names = headers.map(([name]) => name).join(";")
  const canonical = [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query),
    ...headers.map(([name, value]) => `${name}:${value}`),
    "",
    names,
    sha256(request.body),
  ].join("\n")
  const scope = `${date.slice(0, 8)}/${region}/${service}/aws4_request`
  const signed = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(canonical)}`
  const signature = createHmac("sha256", signingKey(credentials, scope)).update(signed).digest("hex")
  const shown = `Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`
  return [...added, ["authorization", `AWS4-HMAC-SHA256 ${shown}`]]
}

function signingKey({ accessKeyId, secretAccessKey }: AwsCredentials, scope: string): Buffer {
  const known = keys.get(accessKeyId)
  if (known !== undefined && known.scope === scope && known.secret === secretAccessKey) return known.key
  let key: Buffer = Buffer.from(`AWS4${secretAccessKey}`)
  for (const it of scope.split("/")) key = createHmac("sha256", key).update(it).digest()
  if (keys.size >= MOST_KEYS) keys.clear()
  keys.set(accessKeyId, { secret: secretAccessKey, scope, key })
  return key
}

const sha256 = (content: Uint8Array | string): string => createHash("sha256").update(content).digest("hex")

/** By name; values of one name are joined in their order. */
function canonicalHeaders(headers: readonly HeaderLine[]): readonly HeaderLine[] {
  const values = new Map<string, string>()
  for (const [name, value] of headers) {
    const lower = name.toLowerCase()
    const trimmed = value.trim().replaceAll(/ +/g, " ")
    const before = values.get(lower)
    values.set(lower, before === undefined ? trimmed : `${before},${trimmed}`)
  }
  return [...values].sort(([one], [other]) => (one < other ? -1 : 1))
}

/** Segments that are empty or `.` vanish, `..` takes one away, and each is escaped again. */
function canonicalPath(path: string): string {
  const kept: string[] = []
  for (const it of path.split("/")) {
    if (it === "..") kept.pop()
    else if (it !== "" && it !== ".") kept.push(escaped(it))
  }
  if (kept.length === 0) return "/"
  return `/${kept.join("/")}${path.endsWith("/") ? "/" : ""}`
}

function canonicalQuery(query: string): string {
  if (query === "") return ""
  const pairs = query.split("&").map((it) => {
    const at = it.indexOf("=")
    const [name, value] = at < 0 ? [it, ""] : [it.slice(0, at), it.slice(at + 1)]
    return [escaped(unescaped(name)), escaped(unescaped(value))] as const
  })
  const order = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1)
  return pairs
    .sort(([a, x], [b, y]) => order(a, b) || order(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join("&")
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // It is not escaped, and goes as it stands.
    return text
  }
}

/** RFC 3986, section 2.3: all but unreserved characters. */
const escaped = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`)
