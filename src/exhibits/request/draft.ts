import type { SeenRequest, SeenResponse } from "../exhibits.ts"
import type { Fields } from "./fields.ts"
import { readHost, type SeenUrl } from "./url.ts"

/** What one text says of a request and of the answer to it. */
export interface Reading {
  readonly request?: SeenRequest
  readonly response?: SeenResponse
  /** The answer's head as it stands in the text. */
  readonly head?: string
  /** Of a HAR file: which of its entries, from 0. */
  readonly entry?: number
}

/** What was read so far; undefined is not known. */
export interface RequestDraft {
  readonly method?: string | undefined
  readonly url?: SeenUrl | undefined
  /** Of a request line, where no URL is known. */
  readonly target?: string | undefined
  readonly scheme?: "http" | "https" | undefined
  readonly headers: Fields
  readonly areHeadersComplete: boolean
  readonly body?: string | undefined
}

/** The `Host` field names host and port over the URL, as that is what a server chooses by. */
export function seenRequest(draft: RequestDraft): SeenRequest {
  const { method, url, headers, areHeadersComplete, body } = draft
  const place = readHost(headers.get(":authority") ?? headers.get("host") ?? "")
  const scheme = url?.scheme ?? draft.scheme ?? schemeOf(headers.get(":scheme"))
  const host = place?.host ?? url?.host
  const port = place?.port ?? url?.port ?? (scheme === undefined || host === undefined ? undefined : portOf(scheme))
  const target = url?.target ?? draft.target ?? headers.get(":path")
  const verb = method ?? headers.get(":method")
  return {
    ...(verb === undefined ? {} : { method: verb }),
    ...(scheme === undefined ? {} : { scheme }),
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(target === undefined ? {} : { target }),
    headers: withoutPseudo(headers),
    areHeadersComplete,
    ...(body === undefined ? {} : { body, bodyBytes: Buffer.byteLength(body) }),
  }
}

const schemeOf = (text: string | undefined): "http" | "https" | undefined =>
  text === "http" || text === "https" ? text : undefined

const portOf = (scheme: "http" | "https"): number => (scheme === "https" ? 443 : 80)

/** HTTP/2 says in `:authority` what HTTP/1.1 says in `Host`; servers hand it on as `Host`. */
function withoutPseudo(headers: Fields): Fields {
  const authority = headers.get(":authority")
  const plain = new Map([...headers].filter(([name]) => !name.startsWith(":")))
  if (authority !== undefined && !plain.has("host")) plain.set("host", authority)
  return plain
}
