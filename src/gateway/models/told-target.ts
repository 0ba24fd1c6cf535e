import { sign } from "../../models/aws/signature.ts"
import { authLines, type HeaderLine } from "../../models/providers/authentication.ts"
import type { ProviderKey, Target } from "../../models/routing/target.ts"

/** What a request to a target is made of. */
export interface Telling {
  readonly target: Target
  readonly key: ProviderKey | undefined
  /** Behind the provider's base address, with its query. */
  readonly path: string
  /** Fields of the request's own, beside those of the target; each ended by CRLF. */
  readonly lines: string
  readonly body: Uint8Array
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** The head of a request to a target, as the HTTP client takes it. */
export function headFor(telling: Telling): string {
  const { target, key, path, lines } = telling
  const { origin, basePath, headers, auth } = target
  const shown = auth.kind === "sigv4" ? signed(telling, auth.service) : authLines(auth, key?.secret)
  const own = [...headers, ...shown].map(([name, value]) => `${name}: ${value}\r\n`).join("")
  return `POST ${basePath}${path} HTTP/1.1\r\nHost: ${origin.authority}\r\n${own}${lines}`
}

function signed({ target, key, path, body, now }: Telling, service: string): readonly HeaderLine[] {
  const { origin, basePath, region } = target
  if (key?.accessKeyId === undefined || region === undefined)
    throw new Error(`the target ${target.id} signs its requests and has no key or no region to do it with`)
  const [plain = "", query = ""] = path.split("?", 2)
  return sign(
    { method: "POST", host: origin.authority, path: basePath + plain, query, headers: [], body },
    {
      accessKeyId: key.accessKeyId,
      secretAccessKey: key.secret,
      ...(key.sessionToken !== undefined && { sessionToken: key.sessionToken }),
    },
    region,
    service,
    new Date(now),
  )
}
