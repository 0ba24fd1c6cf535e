import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import { join } from "node:path"
import { z } from "zod"
import {
  type GatewayProcess,
  inShell,
  PATIENCE,
  pinpoint,
  startPinpoint,
  temporaryDirectory,
  until,
} from "./process.fixture.ts"

setDefaultTimeout(PATIENCE)

const ANYWHERE = { PINPOINT_LISTEN: "127.0.0.1:0", PINPOINT_MANAGEMENT: "127.0.0.1:0" }
const ESCAPE = "\u001b"
const LINES = ["a call that passes", "a POST that is refused", "a chat completion", "a refusal explained by its id"]

const directory = temporaryDirectory()
/** For tests that only ask it. What it says on standard error depends on which of them ran. */
let shared: GatewayProcess

const start = (data: string): Promise<GatewayProcess> => startPinpoint(["--data", join(directory.path, data)], ANYWHERE)

beforeAll(async () => {
  shared = await start("shared")
})
afterAll(async () => {
  await shared.stop()
  directory.remove()
})

/** The lines it says to paste, by what it says of them. */
const linesOf = (gateway: GatewayProcess): ReadonlyMap<string, string> =>
  new Map([...gateway.out().matchAll(/^# (.+)\n(curl .+)$/gm)].map(([, what = "", line = ""]) => [what, line]))

async function pasted(what: string, gateway = shared): Promise<string> {
  const { code, out } = await inShell(linesOf(gateway).get(what) ?? `echo "there is no line for ${what}"; exit 1`)
  expect(code).toBe(0)
  return out
}

test("the demonstration says four lines to paste, in the order they are to be read, and how to end it after them", async () => {
  await using gateway = await start("unasked")
  expect([...linesOf(gateway).keys()]).toEqual(LINES)
  expect(gateway.out()).toMatch(/gateway +http.+management +http.+Paste these.+# a call.+# a refusal.+Ctrl-C stops it/s)
  expect(gateway.err()).toBe("")
  expect(gateway.out()).not.toContain(ESCAPE)
})

test("the call that passes passes as printed", async () => {
  expect(JSON.parse(await pasted("a call that passes"))).toMatchObject({ id: "1", item: "lamp" })
})

test("the POST is refused as printed, with its cause and what would let it pass", async () => {
  expect(JSON.parse(await pasted("a POST that is refused"))).toMatchObject({
    status: 403,
    cause: "access/scope-missing",
    evidence: [{ fact: "key.scopes", observed: ["orders:read"], required: ["orders:write"] }],
    fix: [{ verified: true, by: "operator", changes: [{ to: ["orders:read", "orders:write"] }] }, {}, {}],
  })
})

test("the chat completion is answered as printed", async () => {
  const { choices } = z
    .object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })) })
    .parse(JSON.parse(await pasted("a chat completion")))
  expect(choices[0]?.message.content).toContain("You said: Hello")
})

test("the refusal is explained by its id as printed, with places in the file", async () => {
  expect(JSON.parse(await pasted("a refusal explained by its id"))).toMatchObject({
    verdict: "deny",
    key: "alice",
    explanation: {
      cause: "access/scope-missing",
      evidence: [{ at: expect.stringMatching(/demo\/pinpoint\.yaml:\d+$/) }],
    },
  })
})

test("every decision is told as a line, and the line of a refusal says how to ask why", async () => {
  await using gateway = await start("told")
  for (const what of LINES) await pasted(what, gateway)
  await until("all four are told", () => gateway.err().trim().split("\n").length === 4)
  expect(gateway.err()).toMatch(/^permitted {2}200 {2}GET +\/orders\/1 +\d+ ms$/m)
  const [, args = ""] =
    /^refused {4}403 {2}POST .+ access\/scope-missing +\.\/pinpoint (explain .+)$/m.exec(gateway.err()) ?? []
  const { code, out } = await pinpoint(args.split(" "))
  expect(code).toBe(0)
  expect(out).toStartWith("refused 403  POST /orders/1  (key alice, from 127.0.0.1)")
})

test("where its port is taken, the demonstration says so and how to choose another", async () => {
  const { host } = new URL(shared.url)
  const first = await pinpoint(["up", "--data", join(directory.path, "second")], { ...ANYWHERE, PINPOINT_LISTEN: host })
  expect(first).toEqual({
    code: 1,
    out: "",
    err: `${host} is taken by another program, so the gateway cannot be opened there. Stop that program, or choose another for the demonstration: PINPOINT_LISTEN=127.0.0.1:9080 npm start.\n`,
  })
  const managed = new URL(shared.management).host
  const second = await pinpoint(["up", "--data", join(directory.path, "third")], {
    ...ANYWHERE,
    PINPOINT_MANAGEMENT: managed,
  })
  expect(second.code).toBe(1)
  expect(second.err).toStartWith(
    `${managed} is taken by another program, so the management side cannot be opened there.`,
  )
})
