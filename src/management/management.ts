import { z } from "zod"
import { causeOf } from "../causes/catalogue.ts"
import { causeMarkdown } from "../causes/page.ts"
import type { GatewayPlan } from "../config/gateway-plan.ts"
import { AUDIENCES } from "../decision/party.ts"
import { METHOD } from "../facts/methods.ts"
import { keysOf } from "../gateway/keys.ts"
import { KeyFault } from "../ports/keys.ts"
import type { RecordQuery } from "../ports/records.ts"
import type { Store } from "../ports/store.ts"
import { NotExplained, replayed } from "./replayed.ts"
import { answer } from "./simulation.ts"

export interface ManagementOptions {
  readonly hostname: string
  readonly port: number
  readonly store: Store
  /** The plan in force. */
  readonly plan: () => GatewayPlan
  readonly onFault: (fault: unknown) => void
}

/** The operators' side: its own port, and everything but the health check behind the management token. */
export function startManagement(options: ManagementOptions): { readonly port: number; stop(): Promise<void> } {
  const server = Bun.serve({
    hostname: options.hostname,
    port: options.port,
    maxRequestBodySize: 1_048_576,
    fetch: (request) => handle(request, options),
    error: (fault) => {
      options.onFault(fault)
      return problem(500, "The management side failed", "The fault is in the gateway's log.")
    },
  })
  return { port: server.port ?? 0, stop: () => server.stop(true) }
}

async function handle(request: Request, options: ManagementOptions): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url)
  if (pathname === "/health") return Response.json({ status: "ok", revision: options.plan().revision })
  if (!isOperator(request, options.store)) return unauthorized()
  const [, kind = "", ...rest] = pathname.split("/")
  const name = decodeURIComponent(rest.join("/"))
  switch (`${request.method} ${kind}${name === "" ? "" : "/"}`) {
    case "GET decisions/":
      return decision(name, searchParams.get("audience"), options.store)
    case "GET decisions":
      return Response.json(options.store.records.recent(recentQuery(searchParams)))
    case "GET causes/":
      return cause(name)
    case "GET plan":
      return new Response(options.plan().text, { headers: { "content-type": "application/json" } })
    case "POST simulate":
      return simulation(request, options)
    case "GET keys":
      return Response.json(keysOf(options.plan().keys, options.store.keys).list())
    case "POST keys":
      return createKey(request, options.store)
    case "DELETE keys/":
      return keyChange(() => options.store.keys.revoke(name))
    default:
      return problem(
        404,
        "There is nothing here",
        "GET /decisions/{id}, /decisions, /causes/{code}, /plan, /keys; POST /simulate, /keys; DELETE /keys/{name}.",
      )
  }
}

function isOperator(request: Request, store: Store): boolean {
  const presented = /^Bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1]
  return presented !== undefined && store.token.matches(presented)
}

/** Milliseconds between looks for a decision that may not have been written yet, and how many. */
const LOOK_AGAIN = 40
const LOOKS = 5

async function decision(id: string, wanted: string | null, store: Store): Promise<Response> {
  const audience = AUDIENCES.find((it) => it === (wanted ?? "operator"))
  if (audience === undefined) return problem(400, "There is no such audience", `It is one of ${AUDIENCES.join(", ")}.`)
  // Each thread writes its records a moment later, and whoever was just refused asks at once.
  for (let look = 1; look < LOOKS && store.records.find(id) === undefined; look++) await Bun.sleep(LOOK_AGAIN)
  try {
    const { record, ...told } = replayed(store.records, store.plans, id, audience)
    const { frame, ...summary } = record
    return Response.json({ ...summary, facts: frame.facts, ...told })
  } catch (error) {
    if (error instanceof NotExplained) return problem(404, "The decision cannot be explained", error.message)
    throw error
  }
}

function recentQuery(search: URLSearchParams): RecordQuery {
  const cause = search.get("cause")
  const verdict = search.get("verdict")
  return {
    limit: Math.min(1000, Math.max(1, Number(search.get("limit") ?? 50) || 50)),
    ...(cause === null ? {} : { cause }),
    ...(verdict === "permit" || verdict === "deny" ? { verdict } : {}),
  }
}

function cause(code: string): Response {
  const found = causeOf(code)
  if (found === undefined)
    return problem(404, "There is no such cause", `Codes look like access/scope-missing; "${code}" is none.`)
  return new Response(causeMarkdown(found), { headers: { "content-type": "text/markdown; charset=utf-8" } })
}

const question = z.strictObject({
  method: METHOD.exactOptional(),
  path: z.string().startsWith("/").exactOptional(),
  host: z.string().exactOptional(),
  address: z.union([z.ipv4(), z.ipv6()]).exactOptional(),
  length: z.int().min(0).exactOptional(),
  model: z.string().exactOptional(),
  /** A name, or null for a request without a key. */
  key: z.string().nullable().exactOptional(),
})

async function simulation(request: Request, { plan, store }: ManagementOptions): Promise<Response> {
  const read = question.safeParse(await json(request))
  if (!read.success) return problem(400, "The question does not parse", z.prettifyError(read.error))
  const { key, ...rest } = read.data
  if (key === undefined || key === null)
    return Response.json(answer(plan().plan, { ...rest, ...(key === null ? { key } : {}) }))
  const found = keysOf(plan().keys, store.keys).named(key)
  if (found === undefined) return problem(404, `There is no key named "${key}"`, "GET /keys lists them.")
  return Response.json(answer(plan().plan, { ...rest, key: found }))
}

const newKey = z.strictObject({
  name: z.string(),
  scopes: z.array(z.string()).default([]),
  expiresAt: z.int().exactOptional(),
})

async function createKey(request: Request, store: Store): Promise<Response> {
  const read = newKey.safeParse(await json(request))
  if (!read.success) return problem(400, "The key does not parse", z.prettifyError(read.error))
  return keyChange(() => store.keys.create(read.data), 201)
}

function keyChange(change: () => unknown, status = 200): Response {
  try {
    return Response.json(change(), { status, headers: { "cache-control": "no-store" } })
  } catch (error) {
    if (error instanceof KeyFault) return problem(409, "The key cannot be changed so", error.message)
    throw error
  }
}

async function json(request: Request): Promise<unknown> {
  const text = await request.text()
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const unauthorized = (): Response =>
  problem(
    401,
    "The management token is missing or wrong",
    "Send `Authorization: Bearer <token>`; `pinpoint token` makes a new one.",
    {
      "www-authenticate": 'Bearer realm="pinpoint management"',
    },
  )

function problem(
  status: number,
  title: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json(
    { title, status, detail },
    { status, headers: { ...headers, "content-type": "application/problem+json", "cache-control": "no-store" } },
  )
}
