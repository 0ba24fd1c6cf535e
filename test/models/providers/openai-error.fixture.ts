import type { Reply } from "./server.fixture.ts"
import { json, type Problem, type Wording } from "./wire.fixture.ts"

/** Source: OpenAI API reference, "Error codes" and "Rate limits in headers"; `APIError` of the npm package `openai`. */
export const openaiHeaders = (serial: number): Readonly<Record<string, string>> => ({
  "x-request-id": `req_${String(serial).padStart(32, "0")}`,
  "openai-organization": "org-scripted",
  "openai-processing-ms": "12",
  "openai-version": "2020-10-01",
  "x-ratelimit-limit-requests": "10000",
  "x-ratelimit-limit-tokens": "200000",
  "x-ratelimit-remaining-requests": "9999",
  "x-ratelimit-remaining-tokens": "199990",
  "x-ratelimit-reset-requests": "8.64s",
  "x-ratelimit-reset-tokens": "3ms",
})

export function openaiError({ status, message, type, code, param, headers }: Problem, serial: number): Reply {
  const error = { message, type: type ?? kindOf(status), param: param ?? null, code: code ?? codeOf(status) }
  return json(status, { ...openaiHeaders(serial), ...headers }, { error })
}

const kindOf = (status: number): string => {
  if (status === 429) return "requests"
  return status >= 500 ? "server_error" : "invalid_request_error"
}

const codeOf = (status: number): string | null => {
  switch (status) {
    case 401:
      return "invalid_api_key"
    case 403:
      return "unsupported_country_region_territory"
    case 404:
      return "model_not_found"
    case 429:
      return "rate_limit_exceeded"
    default:
      return null
  }
}

export const openaiWording: Wording = (place, issue, unknown) => {
  if (unknown.length > 0) {
    const path = [...place, unknown[0]].join(".")
    return place.length === 0 ? `Unrecognized request argument supplied: ${path}` : `Unknown parameter: '${path}'.`
  }
  if (issue.includes("received undefined")) return `Missing required parameter: '${place.join(".")}'.`
  return `Invalid value for '${place.join(".")}': ${issue}`
}

export const openaiUnparsed =
  "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON.)"
