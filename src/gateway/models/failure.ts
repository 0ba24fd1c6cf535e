import type { UpstreamFault } from "../../http/fault.ts"
import type { ResponseHead } from "../../http/head.ts"
import type { Outbound } from "../../models/codec.ts"
import type { ProviderError } from "../../models/form/answer.ts"
import { parseObject } from "../../models/json.ts"
import { faultCodeOf, type ProviderFault, retryAfter } from "../../models/provider-fault.ts"

/** Why an attempt came to nothing: the connection failed, or the provider did. */
export type Failure =
  | { readonly kind: "upstream"; readonly fault: UpstreamFault }
  | { readonly kind: "provider"; readonly fault: ProviderFault }

export const codeOf = ({ fault }: Failure): string => fault.code

/** Characters of a provider's words that are told; more is a page. */
const MOST_SAID = 300

/** What an answer with an error status says. */
export function failureOf(
  outbound: Outbound,
  head: ResponseHead,
  body: Buffer,
  secret: string | undefined,
  now: number,
): ProviderFault {
  const text = body.toString("utf8")
  const json = parseObject(text)
  const error = outbound.readError(head.status, json)
  const type = head.fields.get("content-type") ?? "no content type"
  const said = error.message === "" ? `${head.status} with ${type}, ${body.length} bytes` : error.message
  const after = retryAfter(head.fields.get("retry-after"), head.fields.get("retry-after-ms"), now)
  return {
    code: faultCodeOf(error),
    status: head.status,
    seen: printable(withoutSecret(said, secret)),
    error,
    ...(after === undefined ? {} : { retryAfter: after }),
  }
}

/** One line that cannot hurt a terminal or a log. */
function printable(said: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const line = said.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, " ").trim()
  return line.length > MOST_SAID ? `${line.slice(0, MOST_SAID)}…` : line
}

/** Providers quote the key they refuse, whole or with its middle starred out. */
function withoutSecret(said: string, secret: string | undefined): string {
  if (secret === undefined || secret === "") return said
  const whole = said.replaceAll(secret, "***")
  return secret.length < 12 ? whole : whole.replace(/[\w-]{2,}\*{2,}[\w-]*/g, "***")
}

/** An error that came inside an answer. */
export const asFailure = (error: ProviderError, secret: string | undefined): Failure => ({
  kind: "provider",
  fault: {
    code: faultCodeOf(error),
    status: error.status,
    seen: printable(withoutSecret(error.message, secret)),
    error,
  },
})

/** Failures after which the provider may have done the work, and counted it. Of those it tells itself it has not. */
export function mayBeBilled(failure: Failure): boolean {
  if (failure.kind === "provider") return failure.fault.code === "too-slow" || failure.fault.code === "not-an-answer"
  return !NOTHING_SENT.has(failure.fault.code)
}

const NOTHING_SENT: ReadonlySet<UpstreamFault["code"]> = new Set<UpstreamFault["code"]>([
  "unreachable",
  "connect-timeout",
  "tls",
])
