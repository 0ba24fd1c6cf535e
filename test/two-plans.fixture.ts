import { expect } from "bun:test"
import { z } from "zod"
import { type freshly, type GatewayProcess, startOwn, startUpstream } from "./process.fixture.ts"

/** Two configurations of which every part differs, so that a mixture of them shows. */
export const VERSIONS = ["a", "b"] as const
export type Version = (typeof VERSIONS)[number]

const PATTERN = { a: "/x/*", b: "/x/{id}" } as const

const configFor = (it: Version, upstream: string): string => `listen: 127.0.0.1:0
management: 127.0.0.1:0
services:
  it:
    upstream: ${upstream}
    routes:
      - { path: "${PATTERN[it]}", methods: [GET] }
      - { path: /only-${it}, methods: [GET] }
    policies:
      - key-auth: {}
      - scopes: { GET: ["${it}:read"] }
keys:
  - { name: rich, key: rich-0123456789abcdef, scopes: ["${it}:read"] }
  - { name: poor, key: poor-0123456789abcdef, scopes: ["${it}:none"] }
records: { permits: 1 }
`

const HEALTH = z.object({ status: z.literal("ok"), revision: z.string() })

/** A gateway that runs version a, and what it takes to make it run the other. */
export interface TwoPlans extends AsyncDisposable {
  readonly gateway: GatewayProcess
  readonly config: string
  readonly data: string
  textOf(version: Version): string
  revisionInForce(): Promise<string>
}

export async function startTwoPlans(): Promise<TwoPlans> {
  const upstreams = { a: startUpstream("a"), b: startUpstream("b") }
  const textOf = (it: Version): string => configFor(it, upstreams[it].url)
  const gateway = await startOwn(textOf("a"))
  return {
    gateway,
    config: gateway.config,
    data: gateway.data,
    textOf,
    revisionInForce: async () => HEALTH.parse(await (await fetch(`${gateway.management}/health`)).json()).revision,
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]()
      await Promise.all([upstreams.a.stop(), upstreams.b.stop()])
    },
  }
}

/** What one answer says of the plan that made it; the decision's id where there is one. */
export interface Told {
  readonly version: string
  readonly decision: string
}

export async function askAsRich(url: string, ask: typeof freshly): Promise<Told> {
  const answer = await ask(`${url}/x/1`, { "x-api-key": "rich-0123456789abcdef" })
  expect(answer.status).toBe(200)
  return { version: await answer.text(), decision: answer.headers.get("pinpoint-decision") ?? "" }
}

export async function askAsPoor(url: string, ask: typeof freshly): Promise<Told> {
  const answer = await ask(`${url}/x/1`, { "x-api-key": "poor-0123456789abcdef" })
  expect(answer.status).toBe(403)
  const { evidence, decision } = REFUSAL.parse(await answer.json())
  const { observed, required } = evidence[0]
  expect(["a:none a:read", "b:none b:read"]).toContain(`${observed} ${required}`)
  return { version: String(required).slice(0, 1), decision }
}

const REFUSAL = z.object({
  decision: z.string(),
  evidence: z.tuple([z.object({ observed: z.array(z.string()), required: z.array(z.string()) })]),
})

export async function askForA(url: string, ask: typeof freshly): Promise<Told> {
  const answer = await ask(`${url}/only-a`, { "x-api-key": "rich-0123456789abcdef" })
  const text = await answer.text()
  const decision = answer.headers.get("pinpoint-decision") ?? ""
  if (answer.status === 200) return { version: text, decision }
  expect(answer.status).toBe(404)
  expect(text).not.toContain("/only-a (")
  return { version: "b", decision }
}
