import { afterEach, describe, expect, test } from "bun:test"
import { Backend, stopBackends } from "./backend.fixture.ts"
import { allOf, firstOf, type Message } from "./message.fixture.ts"
import { closeRawClients, RawClient } from "./raw.fixture.ts"
import { gatewayTo, stopGateways } from "./service.fixture.ts"

afterEach(async () => {
  closeRawClients()
  expect(await stopGateways()).toEqual([])
  stopBackends()
})

/** Sends a GET with these fields; what the upstream saw and what came back. */
async function sent(fields: string): Promise<{ readonly seen: Message; readonly answer: Message }> {
  const backend = new Backend()
  const client = await RawClient.open(gatewayTo(backend.url).port)
  const answer = await client.send(`GET /a HTTP/1.1\r\nHost: a\r\n${fields}\r\n`).answer()
  return { seen: backend.last, answer }
}

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
const PARENT = `00-${TRACE}-00f067aa0ba902b7-01`
const VALID = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

describe("the trace of a request", () => {
  test("is carried on with the gateway as the parent", async () => {
    for (const flags of ["00", "01"]) {
      const { seen } = await sent(`traceparent: 00-${TRACE}-00f067aa0ba902b7-${flags}\r\ntracestate: a=1,b=2\r\n`)
      const [version, trace, span, kept] = (firstOf(seen.fields, "traceparent") ?? "").split("-")
      expect([version, trace, kept]).toEqual(["00", TRACE, flags])
      expect(span).not.toBe("00f067aa0ba902b7")
      expect(firstOf(seen.fields, "tracestate")).toBe("a=1,b=2")
    }
  })

  test("begins with the gateway where none came, and leads to its decision", async () => {
    const { seen, answer } = await sent("")
    const [traceparent = ""] = allOf(seen.fields, "traceparent")
    expect(traceparent).toMatch(VALID)
    expect(traceparent).toContain(firstOf(answer.fields, "pinpoint-decision")?.replaceAll("-", "") ?? "none")
  })

  const MALFORMED = {
    "of zeros": `00-${"0".repeat(32)}-00f067aa0ba902b7-01`,
    "with a parent of zeros": `00-${TRACE}-${"0".repeat(16)}-01`,
    "in upper case": PARENT.toUpperCase(),
    "of the version that is forbidden": PARENT.replace(/^00/, "ff"),
    "of version 00 with more behind it": `${PARENT}-more`,
    "that is too short": "00-abc-def-01",
    "that is empty": "",
  }
  for (const [name, malformed] of Object.entries(MALFORMED)) {
    test(`begins anew, without the old state, where one came ${name}`, async () => {
      const { seen } = await sent(`traceparent: ${malformed}\r\ntracestate: a=1\r\n`)
      const traceparents = allOf(seen.fields, "traceparent")
      expect(traceparents.length).toBe(1)
      expect(traceparents[0]).toMatch(VALID)
      expect(traceparents[0]).not.toContain(TRACE)
      expect(firstOf(seen.fields, "tracestate")).toBeUndefined()
    })
  }

  test("is carried on in the version that is known where one of a later version came", async () => {
    const { seen } = await sent(`traceparent: ${PARENT.replace(/^00/, "cc")}-what-later-versions-say\r\n`)
    expect(firstOf(seen.fields, "traceparent")).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`))
  })
})

describe("the id of a request", () => {
  test("is carried on to the upstream and back", async () => {
    const { seen, answer } = await sent("X-Request-Id: order-7/a.b_c:d+e=\r\n")
    expect(allOf(seen.fields, "x-request-id")).toEqual(["order-7/a.b_c:d+e="])
    expect(allOf(answer.fields, "x-request-id")).toEqual(["order-7/a.b_c:d+e="])
  })

  for (const malformed of ["", "a b", "a\tb", "<script>", "a".repeat(129), "\xe9", "a;b", '"a"']) {
    test(`is the decision's where ${JSON.stringify(malformed).slice(0, 20)} came, which could hurt a log`, async () => {
      const { seen, answer } = await sent(`X-Request-Id: ${malformed}\r\n`)
      const decision = firstOf(answer.fields, "pinpoint-decision")
      expect(decision).toBeDefined()
      expect([firstOf(seen.fields, "x-request-id"), firstOf(answer.fields, "x-request-id")]).toEqual([
        decision,
        decision,
      ])
    })
  }
})
