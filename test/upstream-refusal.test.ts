import { afterEach, describe, expect, test } from "bun:test"
import { gzipSync } from "bun"
import type { DecisionRecord } from "../src/ports/records.ts"
import { Backend, stopBackends } from "./backend.fixture.ts"
import { firstOf } from "./message.fixture.ts"
import { closeRawClients, RawClient } from "./raw.fixture.ts"
import { gatewayTo, stopGateways } from "./service.fixture.ts"

afterEach(async () => {
  closeRawClients()
  expect(await stopGateways()).toEqual([])
  stopBackends()
})

const NGINX =
  "<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n"
const DJANGO =
  "<h1>Forbidden <span>(403)</span></h1><p>CSRF verification failed. Request aborted.</p><p>Reason given for failure: CSRF token missing.</p>"

/** The record of one request to an upstream that answers so; permits are kept in no share, so that only refusals are. */
async function recordOf(
  status: number,
  fields: string,
  body: string | Uint8Array,
  permits = 0,
): Promise<DecisionRecord | undefined> {
  const bytes = typeof body === "string" ? Buffer.from(body) : Buffer.from(body)
  const backend = new Backend({
    onRequest: (_, peer) => {
      peer.send(`HTTP/1.1 ${status} Told\r\n${fields}Content-Length: ${bytes.length}\r\n\r\n`)
      peer.send(bytes)
    },
  })
  const gateway = gatewayTo(backend.url, { permits })
  const client = await RawClient.open(gateway.port)
  const answer = await client.send("POST /orders HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").answer()
  expect(answer.body.equals(bytes)).toBe(true)
  const id = firstOf(answer.fields, "pinpoint-decision") ?? ""
  for (let i = 0; i < 100 && gateway.store.records.find(id) === undefined; i++) await Bun.sleep(20)
  return gateway.store.records.find(id)
}

describe("a refusal by an upstream", () => {
  test("is kept with who wrote it and why, and is no refusal of the gateway's own", async () => {
    const record = await recordOf(403, "Server: nginx\r\nContent-Type: text/html\r\n", DJANGO)
    expect(record?.verdict).toBe("permit")
    expect(record?.cause).toBeUndefined()
    expect(record?.upstreamStatus).toBe(403)
    expect(record?.upstreamRefusal?.emitter).toBe("django")
    expect(record?.upstreamRefusal?.causes[0]?.code).toBe("django/csrf-token-missing")
    expect(record?.upstreamRefusal?.causes[0]?.quotes.join()).toContain("CSRF")
  })

  test("is read through the coding it comes in", async () => {
    const record = await recordOf(403, "Content-Encoding: gzip\r\n", gzipSync(Buffer.from(DJANGO)))
    expect(record?.upstreamRefusal?.emitter).toBe("django")
  })

  test("is kept when its coding is a lie", async () => {
    const record = await recordOf(403, "Content-Encoding: gzip\r\n", DJANGO)
    expect(record?.upstreamRefusal).toBeDefined()
  })

  test("that only its page tells of names the writer, whoever the gateway is", async () => {
    const record = await recordOf(403, "", NGINX)
    expect(record?.upstreamRefusal?.emitter).toBe("nginx")
  })

  test("holds no credential that stood in the answer", async () => {
    const secret = "s3cr3t-of-the-upstream-0123456789"
    const record = await recordOf(403, `Set-Cookie: session=${secret}\r\n`, `${DJANGO} Authorization: Bearer ${secret}`)
    expect(JSON.stringify(record)).not.toContain(secret)
  })
})

test("an answer that is no refusal is not diagnosed", async () => {
  const record = await recordOf(404, "", NGINX, 1)
  expect(record?.upstreamStatus).toBe(404)
  expect(record?.upstreamRefusal).toBeUndefined()
})
