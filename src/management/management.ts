import type { GatewayPlan } from "../config/gateway-plan.ts"
import { keysOf } from "../gateway/keys.ts"
import type { Store } from "../ports/store.ts"
import { causeAnswer, decisionAnswer, recentAnswer } from "./decision-answers.ts"
import { amendAnswer, createKeyAnswer, revokeAnswer } from "./key-answers.ts"
import { keyFacts } from "./key-facts.ts"
import { modelsAnswer } from "./model-answers.ts"
import { problemAnswer } from "./problem-answer.ts"
import { simulationAnswer } from "./simulation-answer.ts"
import { spendingAnswer } from "./spending.ts"

export interface ManagementOptions {
  readonly hostname: string
  readonly port: number
  readonly store: Store
  /** The plan in force. */
  readonly plan: () => GatewayPlan
  readonly onFault: (fault: unknown) => void
}

export interface Management {
  readonly port: number
  stop(): Promise<void>
}

/** The operators' side: its own port, and everything but the health check behind the management token. */
export function startManagement(options: ManagementOptions): Management {
  const server = Bun.serve({
    hostname: options.hostname,
    port: options.port,
    maxRequestBodySize: 1_048_576,
    fetch: (request) => handle(request, options),
    error: (fault) => {
      options.onFault(fault)
      return problemAnswer(500, "The management side failed", "The fault is in the gateway's log.")
    },
  })
  return { port: server.port ?? 0, stop: () => server.stop(true) }
}

async function handle(request: Request, { plan, store }: ManagementOptions): Promise<Response> {
  const { pathname, searchParams } = urlOf(request)
  if (pathname === "/health") return Response.json({ status: "ok", revision: plan().revision })
  if (!isOperator(request, store)) return unauthorized()
  const [, kind = "", ...rest] = pathname.split("/")
  const name = decoded(rest.join("/"))
  if (name === undefined)
    return problemAnswer(400, "The path does not parse", "A percent sign in it begins no character.")
  switch (`${request.method} ${kind}${name === "" ? "" : "/"}`) {
    case "GET decisions/":
      return decisionAnswer(name, searchParams.get("audience"), store)
    case "GET decisions":
      return recentAnswer(searchParams, store)
    case "GET causes/":
      return causeAnswer(name)
    case "GET plan":
      return new Response(plan().text, { headers: { "content-type": "application/json" } })
    case "POST simulate":
      return simulationAnswer(request, plan(), store.keys)
    case "GET keys":
      return Response.json(keysOf(plan().keys, store.keys).list().map(keyFacts))
    case "GET models":
      return modelsAnswer(searchParams.get("key"), plan(), keysOf(plan().keys, store.keys))
    case "GET spending":
      return spendingAnswer(store.ledger)
    case "POST keys":
      return createKeyAnswer(request, plan(), store.keys)
    case "PATCH keys/":
      return amendAnswer(request, name, plan(), store.keys)
    case "DELETE keys/":
      return revokeAnswer(name, plan(), store.keys)
    default:
      return problemAnswer(404, "There is nothing here", THERE_IS)
  }
}

const THERE_IS =
  "There is GET /health, /decisions, /decisions/{id}, /causes/{code}, /plan, /keys, /models, /spending; POST /simulate, /keys; PATCH /keys/{name}; DELETE /keys/{name}."

/** Of the path and query alone: `Host` may hold anything, and HTTP/1.0, in which health is often asked for, has none. */
function urlOf({ url }: Request): URL {
  return new URL(`http://management${url.replace(/^[a-z]+:\/\/[^/?#]*/i, "")}`)
}

function isOperator(request: Request, store: Store): boolean {
  const presented = /^Bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1]
  return presented !== undefined && store.token.matches(presented)
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

const unauthorized = (): Response =>
  problemAnswer(
    401,
    "The management token is missing or wrong",
    "Send `Authorization: Bearer <token>`; `pinpoint token` makes a new one.",
    { "www-authenticate": 'Bearer realm="pinpoint management"' },
  )
