import type { Reading } from "./draft.ts"
import { seenRequest } from "./draft.ts"
import { readUrl } from "./url.ts"

interface Form {
  readonly says: RegExp
  /** Which groups hold what. */
  readonly status?: number
  readonly method?: number
  readonly url?: number
}

const URL_HERE = String.raw`(https?:\/\/[^\s"'<>)\]]{1,8192})`

/** What clients write when they are refused; each says a status, and some the address. */
const FORMS: readonly Form[] = [
  // python-requests, httpx, urllib, aiohttp
  {
    says: new RegExp(String.raw`\b([45]\d\d) (?:Client|Server) Error: [^\n]{0,200}? for url: ${URL_HERE}`),
    status: 1,
    url: 2,
  },
  {
    says: new RegExp(String.raw`(?:Client|Server) error '([45]\d\d) [^'\n]{0,100}' for url '${URL_HERE}`),
    status: 1,
    url: 2,
  },
  { says: /\bHTTP Error (\d{3}): /, status: 1 },
  {
    says: new RegExp(String.raw`ClientResponseError: (\d{3}), message='[^'\n]{0,200}', url=(?:URL\()?'?${URL_HERE}`),
    status: 1,
    url: 2,
  },
  // axios, got, undici, browsers
  { says: /\bRequest failed with status code (\d{3})\b/, status: 1 },
  { says: /\bResponse code (\d{3}) \(/, status: 1 },
  {
    says: new RegExp(
      String.raw`\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) ${URL_HERE}(?: net::ERR_[A-Z_]{1,60})? (\d{3})\b`,
    ),
    method: 1,
    url: 2,
    status: 3,
  },
  {
    says: new RegExp(`Access to (?:fetch|XMLHttpRequest|script|font|image) at '${URL_HERE}'? from origin`),
    url: 1,
  },
  { says: new RegExp(String.raw`Cross-Origin Request Blocked: [^\n]{0,200}? at ${URL_HERE}`), url: 1 },
  // curl, wget, git
  {
    says: /curl: \(\d{1,3}\) (?:The requested URL returned error|Received HTTP code|CONNECT tunnel failed, response):? (\d{3})/,
    status: 1,
  },
  { says: /\bERROR (\d{3}): [A-Z]/, status: 1 },
  {
    says: new RegExp(String.raw`unable to access '${URL_HERE}': The requested URL returned error: (\d{3})`),
    url: 1,
    status: 2,
  },
  // Java, .NET, Go, Spring
  { says: new RegExp(String.raw`Server returned HTTP response code: (\d{3}) for URL: ${URL_HERE}`), status: 1, url: 2 },
  { says: /\bThe remote server returned an error: \((\d{3})\)/, status: 1 },
  { says: /\bResponse status code does not indicate success: (\d{3})\b/, status: 1 },
  {
    says: new RegExp(String.raw`\b(Get|Head|Post|Put|Patch|Delete) "${URL_HERE}": [^\n]{0,200}?\b([45]\d\d)\b`),
    method: 1,
    url: 2,
    status: 3,
  },
  {
    says: new RegExp(
      String.raw`\b([45]\d\d) [A-Za-z ]{0,40} (?:on|from) (GET|POST|PUT|PATCH|DELETE|HEAD) (?:request for )?"${URL_HERE}`,
    ),
    status: 1,
    method: 2,
    url: 3,
  },
  { says: /\bunexpected status code:? (\d{3})\b/i, status: 1 },
]

/** How far into a text an error is looked for: what is pasted begins with it. */
const LOOKED_INTO = 64 * 1024

/** What an error text of a client says: status, and where it tells it the method and address. */
export function readErrorText(text: string): Reading {
  const head = text.slice(0, LOOKED_INTO)
  for (const { says, status, method, url } of FORMS) {
    const match = says.exec(head)
    if (match === null) continue
    const code = status === undefined ? undefined : Number(match[status])
    const place = url === undefined ? undefined : readUrl(match[url]?.replace(/[.,;:]{1,3}$/, "") ?? "")
    const verb = method === undefined ? undefined : match[method]?.toUpperCase()
    return {
      ...(place === undefined
        ? {}
        : { request: seenRequest({ method: verb, url: place, headers: new Map(), areHeadersComplete: false }) }),
      ...(code === undefined ? {} : { response: { status: code, headers: new Map(), areHeadersComplete: false } }),
    }
  }
  return {}
}
