import { secrecyOf } from "../../exhibits/redact/names.ts"
import { redact } from "../../exhibits/redact/redact.ts"
import { headerOf, type ProbeRequest, withoutHeader } from "./probe-request.ts"

/** What the user named and allowed. */
export interface Terms {
  /** Scheme, host and port that may be asked, as `https://api.example.org`. */
  readonly target: string
  /** Where the credentials of the given request belong; they go nowhere else. */
  readonly credentialsFor: string | undefined
  /** Requests may be sent that could change something there. */
  readonly allowsUnsafe: boolean
  /** Most requests sent. */
  readonly budget: number
}

/** Fields a proxy is believed by. Sending one would be to claim what is not so, and a server that believes it logs a lie. */
const TRUSTED =
  /^(?:forwarded|via|x-forwarded-.*|x-real-ip|x-client-ip|x-cluster-client-ip|x-original-.*|x-rewrite-url|x-http-method(?:-override)?|x-method-override|true-client-ip|cf-connecting-ip|cf-ipcountry|fastly-client-ip|x-azure-clientip|x-envoy-.*|x-host|x-ssl-.*|x-client-cert|x-forwarded)$/i
/** RFC 9110 §9.2.1; TRACE is left out, as it answers with the request's own credentials. */
const SAFE = new Set(["GET", "HEAD", "OPTIONS"])

/** The request as it may be sent, or why it may not. What was left out is said. */
export type Cleared =
  | { readonly kind: "may"; readonly request: ProbeRequest; readonly leftOut: readonly string[] }
  | { readonly kind: "may not"; readonly why: string }

export function cleared(request: ProbeRequest, { target, credentialsFor, allowsUnsafe }: Terms): Cleared {
  const origin = originOf(request.url)
  if (origin === undefined) return { kind: "may not", why: `"${redact(request.url)}" is no http address` }
  if (origin !== originOf(target)) return { kind: "may not", why: `${origin} is not ${target}, which was named` }
  if (!SAFE.has(request.method) && !allowsUnsafe)
    return { kind: "may not", why: `${request.method} may change something there; --allow-unsafe lets it be sent` }
  let sent = request
  const leftOut: string[] = []
  const leave = (name: string): void => {
    if (headerOf(sent, name) === undefined) return
    sent = withoutHeader(sent, name)
    leftOut.push(name)
  }
  for (const [name] of request.headers) if (TRUSTED.test(name)) leave(name.toLowerCase())
  if (credentialsFor === undefined || originOf(credentialsFor) !== origin)
    for (const [name] of request.headers) if (secrecyOf(name) !== "no") leave(name.toLowerCase())
  return { kind: "may", request: sent, leftOut }
}

export function originOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, origin } = new URL(text)
  return protocol === "http:" || protocol === "https:" ? origin : undefined
}
