import { expect, setDefaultTimeout, test } from "bun:test"
import { readFileSync, writeFileSync } from "node:fs"
import { z } from "zod"
import { edit } from "../src/text/edit.ts"
import { EXAMPLE_ENV, exampleWith } from "./gateway.fixture.ts"
import { freshly, type OwnGateway, PATIENCE, pinpoint, startOwn, startUpstream, until } from "./process.fixture.ts"

setDefaultTimeout(PATIENCE)

/** A gateway that has refused alice's POST. */
interface Refused extends AsyncDisposable {
  readonly gateway: OwnGateway
  /** Of the POST. */
  readonly decision: string
}

async function startRefused(): Promise<Refused> {
  const upstream = startUpstream("orders")
  const text = exampleWith(upstream.url).replace("management: 127.0.0.1:8081", "management: 127.0.0.1:0")
  const gateway = await startOwn(text, [], EXAMPLE_ENV)
  const decision = (await ask(gateway, "POST alice /orders/1")).headers.get("pinpoint-decision") ?? ""
  return {
    gateway,
    decision,
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]()
      await upstream.stop()
    },
  }
}

/** Puts other text in the file, and waits until it counts. */
async function putInForce(text: string, { config, err }: OwnGateway): Promise<void> {
  writeFileSync(config, text)
  await until("the changed file is in force", () => err().includes("is in force, after"))
}

const HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  alice: { "x-api-key": EXAMPLE_ENV.ALICE_KEY },
  bob: { "x-api-key": EXAMPLE_ENV.BOB_KEY },
  stranger: { "x-api-key": "stranger-0123456789abcdef" },
  nobody: {},
}

/** A request such as `POST alice /orders/1`. */
function ask(gateway: OwnGateway, request: string): Promise<Response> {
  const [method = "", who = "", path = ""] = request.split(" ")
  return freshly(gateway.url + path, HEADERS[who], { method })
}

/** All that is near alice's POST. */
const NEIGHBOURHOOD = ["GET", "POST", "PUT", "DELETE"].flatMap((method) =>
  Object.keys(HEADERS).flatMap((who) => ["/orders/1", "/order/1", "/"].map((path) => `${method} ${who} ${path}`)),
)

const statuses = async (gateway: OwnGateway): Promise<ReadonlyMap<string, number>> =>
  new Map(await Promise.all(NEIGHBOURHOOD.map(async (it) => [it, (await ask(gateway, it)).status] as const)))

const FACTS = z.object({
  explanation: z.object({
    fix: z.array(
      z.object({
        verified: z.boolean(),
        changes: z
          .array(
            z.object({
              to: z.array(z.string()),
              path: z.string().optional(),
              kind: z.string(),
              at: z.string().optional(),
            }),
          )
          .optional(),
      }),
    ),
  }),
})

test("an explanation beside the running gateway tells stages, lines of the file and verified mends", async () => {
  await using refused = await startRefused()
  const { gateway, decision } = refused
  const { code, out, err } = await pinpoint(["explain", decision, "--data", gateway.data])
  expect({ code, err }).toEqual({ code: 0, err: "" })
  expect(out).toContain("✗  access    refused here: access/scope-missing")
  expect(out).toContain("○  quota     not reached")
  expect(out).toContain(`asked for at ${gateway.config}:12`)
  expect(out).toContain("12 |       - scopes: { GET: [orders:read], POST: [orders:write] }")
  expect(out).toContain(`held at ${gateway.config}:18`)
  expect(out).toContain(`key.scopes becomes orders:read, orders:write (${gateway.config}:18)`)
  expect(out).not.toContain("\u001b")
})

test("the mend offered, made in the file, lets exactly that request pass and changes nothing else", async () => {
  await using refused = await startRefused()
  const { gateway, decision } = refused
  const before = await statuses(gateway)
  expect(before.get("POST alice /orders/1")).toBe(403)
  const { explanation } = FACTS.parse(
    JSON.parse((await pinpoint(["explain", decision, "--data", gateway.data, "--json"])).out),
  )
  const first = explanation.fix.find((it) => it.verified && it.changes?.every(({ path }) => path !== undefined))
  const changes = (first?.changes ?? []).map(({ path = "", to }) => ({ path, to }))
  expect(changes).toEqual([{ path: "keys[0].scopes", to: ["orders:read", "orders:write"] }])
  await putInForce(edit(readFileSync(gateway.config, "utf8"), changes), gateway)
  const after = await statuses(gateway)
  expect([...after].filter(([request, status]) => before.get(request) !== status)).toEqual([
    ["POST alice /orders/1", 200],
  ])
})

test("what the file does not hold any more is told by its place, and not quoted", async () => {
  await using refused = await startRefused()
  const { gateway, decision } = refused
  const text = readFileSync(gateway.config, "utf8")
  await putInForce(text.replace("scopes: [orders:read]\n", "scopes: [orders:read, orders:write]\n"), gateway)
  const { out } = await pinpoint(["explain", decision, "--data", gateway.data])
  expect(out).toContain(`held at ${gateway.config}:18`)
  expect(out).not.toContain("18 |")
  expect(out).toContain("12 |       - scopes")
  expect(out).toContain("(now in force: ")
})

test("a decision is explained as it was made when the gateway has stopped, and its id may come as a refusal tells it", async () => {
  await using refused = await startRefused()
  const { gateway, decision } = refused
  await gateway.stop()
  const { code, out } = await pinpoint(["explain", `urn:uuid:${decision}`, "--data", gateway.data])
  expect(code).toBe(0)
  expect(out).toContain("key.scopes  orders:read does not include orders:write")
})
