import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { EXAMPLE_ENV, exampleWith } from "./gateway.fixture.ts"
import { type GatewayProcess, PATIENCE, pinpoint, startPinpoint, temporaryDirectory } from "./process.fixture.ts"

setDefaultTimeout(PATIENCE)

const directory = temporaryDirectory()
const config = join(directory.path, "pinpoint.yaml")
const candidate = join(directory.path, "candidate.yaml")
const data = join(directory.path, "data")
const text = exampleWith("http://127.0.0.1:9").replace("management: 127.0.0.1:8081", "management: 127.0.0.1:0")
let gateway: GatewayProcess

beforeAll(async () => {
  writeFileSync(config, text)
  writeFileSync(candidate, text.replace("POST: [orders:write]", "POST: [orders:read]"))
  gateway = await startPinpoint(["--config", config, "--data", data], EXAMPLE_ENV)
})
afterAll(async () => {
  await gateway.stop()
  directory.remove()
})

const simulate = (line: string) => pinpoint(["simulate", ...line.split(" "), "--data", data], EXAMPLE_ENV)

const ANSWER = z.object({
  verdict: z.enum(["permit", "deny", "undetermined"]),
  blockers: z.array(z.object({ cause: z.string() })),
  unknown: z.array(z.string()),
  assumed: z.array(z.string()),
})

async function told(line: string) {
  const { code, out } = await simulate(`${line} --json`)
  const { blockers, ...rest } = ANSWER.parse(JSON.parse(out))
  return { code, ...rest, causes: blockers.map(({ cause }) => cause) }
}

const QUOTA = "quota.requests-per-minute-by-key"

test("a request of which all is told would pass, which is exit code 0, with what was assumed", async () => {
  const line = "--method POST --path /orders/1 --key-name bob --address 127.0.0.1 --length 10"
  expect(await told(line)).toEqual({ code: 0, verdict: "permit", causes: [], unknown: [], assumed: [QUOTA] })
  expect((await simulate(line)).out).toBe(
    `It would pass.\n\nAssumed to be a first request, as nothing is counted here: ${QUOTA}.\n`,
  )
})

test("a refused request is told with all that would stop it, not only the first, which is exit code 1", async () => {
  const line = "--method POST --path /orders/1 --key-name alice --address 10.0.0.1 --length 9999999"
  expect(await told(line)).toMatchObject({
    code: 1,
    verdict: "deny",
    causes: ["edge/address-not-allowed", "access/scope-missing", "content/body-too-large"],
  })
  const { out } = await simulate(line)
  expect(out).toStartWith("It would be refused, for 3 reasons.\n")
  expect(out).toContain(`asked for at ${config}:12`)
  expect(out.match(/would let it pass/g)).toHaveLength(1)
})

test("a request without a key lacks a key and nothing else", async () => {
  expect(await told("--method GET --path /orders/1 --no-key --address 127.0.0.1")).toMatchObject({
    code: 1,
    causes: ["identity/key-missing"],
  })
})

test("a path without a route is told with what almost matched, and with no second reason", async () => {
  expect((await told("--method GET --path /order/1")).causes).toEqual(["route/not-found"])
  expect((await simulate("--method GET --path /order/1")).out).toContain("almost matched")
})

test("a request of which too little is told depends, which is exit code 3, and the options that tell more are named", async () => {
  expect(await told("--method GET --path /orders/1?page=2 --key-name alice")).toMatchObject({
    code: 3,
    verdict: "undetermined",
    unknown: ["client.address"],
  })
  expect((await simulate("--method GET --path /orders/1")).out).toContain("key.place (--key-name or --no-key)")
})

test("a candidate configuration is asked without being in force", async () => {
  const line = "--method POST --path /orders/1 --key-name alice --address 127.0.0.1 --length 0"
  expect((await told(line)).code).toBe(1)
  expect((await told(`${line} --config ${candidate}`)).code).toBe(0)
  expect((await told(line)).code).toBe(1)
})

test("the management side answers the same question", async () => {
  const body = JSON.stringify({ method: "POST", path: "/orders/1", key: "alice", address: "127.0.0.1", length: 0 })
  const answer = ANSWER.parse(await (await gateway.manage("/simulate", { method: "POST", body })).json())
  expect(answer).toMatchObject({ verdict: "deny", blockers: [{ cause: "access/scope-missing" }] })
})

test.each([
  ["--key-name carol", 'There is no key named "carol". There is alice, bob.'],
  ["--length many", '--length takes a number of bytes, not "many".'],
  ["--method FETCH", '--method takes one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, not "FETCH".'],
  ["--path orders", '--path takes a path such as /orders/1, not "orders".'],
  ["--address here", '--address takes an IP address, not "here".'],
])("%s is told in one line", async (line, said) => {
  expect(await simulate(line)).toEqual({ code: 1, out: "", err: `${said}\n` })
})
