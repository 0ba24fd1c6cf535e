import { afterAll, beforeAll, expect, test } from "bun:test"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { edit } from "../src/text/edit.ts"
import { EXAMPLE_ENV, exampleWith } from "./gateway.fixture.ts"
import {
  freshly,
  type GatewayProcess,
  pinpoint,
  startPinpoint,
  startUpstream,
  temporaryDirectory,
  until,
} from "./process.fixture.ts"

const directory = temporaryDirectory()
const config = join(directory.path, "pinpoint.yaml")
const data = join(directory.path, "data")
const upstream = startUpstream("orders")
let gateway: GatewayProcess
/** Of alice's POST, before anything is mended. */
let decision = ""

beforeAll(async () => {
  writeFileSync(config, exampleWith(upstream.url).replace("management: 127.0.0.1:8081", "management: 127.0.0.1:0"))
  gateway = await startPinpoint(["--config", config, "--data", data], EXAMPLE_ENV)
  decision = (await ask("POST alice /orders/1")).headers.get("pinpoint-decision") ?? ""
})
afterAll(async () => {
  await gateway.stop()
  await upstream.stop()
  directory.remove()
})

const HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  alice: { "x-api-key": EXAMPLE_ENV.ALICE_KEY },
  bob: { "x-api-key": EXAMPLE_ENV.BOB_KEY },
  stranger: { "x-api-key": "stranger-0123456789abcdef" },
  nobody: {},
}

/** A request such as `POST alice /orders/1`. */
function ask(request: string): Promise<Response> {
  const [method = "", who = "", path = ""] = request.split(" ")
  return freshly(gateway.url + path, HEADERS[who], { method })
}

/** All that is near alice's POST. */
const NEIGHBOURHOOD = ["GET", "POST", "PUT", "DELETE"].flatMap((method) =>
  Object.keys(HEADERS).flatMap((who) => ["/orders/1", "/order/1", "/"].map((path) => `${method} ${who} ${path}`)),
)

const statuses = async (): Promise<ReadonlyMap<string, number>> =>
  new Map(await Promise.all(NEIGHBOURHOOD.map(async (it) => [it, (await ask(it)).status] as const)))

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
  const { code, out, err } = await pinpoint(["explain", decision, "--data", data])
  expect({ code, err }).toEqual({ code: 0, err: "" })
  expect(out).toContain("✗  access    refused here: access/scope-missing")
  expect(out).toContain("○  quota     not reached")
  expect(out).toContain(`asked for at ${config}:12`)
  expect(out).toContain("12 |       - scopes: { GET: [orders:read], POST: [orders:write] }")
  expect(out).toContain(`held at ${config}:18`)
  expect(out).toContain(`key.scopes becomes orders:read, orders:write (${config}:18)`)
  expect(out).not.toContain("\u001b")
})

test("the mend offered, made in the file, lets exactly that request pass and changes nothing else", async () => {
  const before = await statuses()
  expect(before.get("POST alice /orders/1")).toBe(403)
  const { explanation } = FACTS.parse(JSON.parse((await pinpoint(["explain", decision, "--data", data, "--json"])).out))
  const first = explanation.fix.find((it) => it.verified && it.changes?.every(({ path }) => path !== undefined))
  const changes = (first?.changes ?? []).map(({ path = "", to }) => ({ path, to }))
  expect(changes).toEqual([{ path: "keys[0].scopes", to: ["orders:read", "orders:write"] }])
  writeFileSync(config, edit(readFileSync(config, "utf8"), changes))
  await until("the mended file is in force", () => gateway.err().includes("is in force, after"))
  const after = await statuses()
  expect([...after].filter(([request, status]) => before.get(request) !== status)).toEqual([
    ["POST alice /orders/1", 200],
  ])
})

test("what the file does not hold any more is told by its place, and not quoted", async () => {
  const { out } = await pinpoint(["explain", decision, "--data", data])
  expect(out).toContain(`held at ${config}:18`)
  expect(out).not.toContain("18 |")
  expect(out).toContain("12 |       - scopes")
  expect(out).toContain("(now in force: ")
})

test("a decision is explained as it was made when the gateway has stopped, and its id may come as a refusal tells it", async () => {
  await gateway.stop()
  const { code, out } = await pinpoint(["explain", `urn:uuid:${decision}`, "--data", data])
  expect(code).toBe(0)
  expect(out).toContain("key.scopes  orders:read does not include orders:write")
})
