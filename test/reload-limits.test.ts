import { afterEach, expect, test } from "bun:test"
import { startTestGateway, type TestGateway } from "./gateway.fixture.ts"
import { firstOf } from "./message.fixture.ts"
import { closeRawClients, RawClient } from "./raw.fixture.ts"

let gateway: TestGateway | undefined
afterEach(async () => {
  closeRawClients()
  await gateway?.stop()
  expect(gateway?.faults).toEqual([])
})

const config = (settings: string): string => `
listen: 127.0.0.1:0
services: { one: { upstream: "http://127.0.0.1:9", routes: [{ path: "/a" }] } }
${settings}
`

test("limits and timeouts of heads hold from a reload on, for open connections too", async () => {
  gateway = startTestGateway(config(""))
  const client = await RawClient.open(gateway.port)
  const ask = async (head: string): Promise<string | undefined> => {
    const from = client.count
    return firstOf((await client.send(head).answer(from)).fields, "pinpoint-cause")
  }
  const long = `GET /${"x".repeat(200)} HTTP/1.1\r\nHost: a\r\n\r\n`
  expect(await ask(long)).toBe("route/not-found")
  gateway.swap(config("timeouts: { head: 200ms }"))
  expect(await ask("GET / HTTP/1.1\r\nHos")).toBe("wire/slow-head")
  gateway.swap(config("limits: { target: 100B }"))
  const next = await RawClient.open(gateway.port)
  expect(firstOf((await next.send(long).answer()).fields, "pinpoint-cause")).toBe("wire/target-too-long")
})
