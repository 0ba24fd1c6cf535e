import { afterEach, describe, expect, test } from "bun:test"
import { Backend, type Peer, stopBackends, until } from "./backend.fixture.ts"
import type { TestGateway } from "./gateway.fixture.ts"
import { firstOf, readMessage } from "./message.fixture.ts"
import { closeRawClients, RawClient } from "./raw.fixture.ts"
import { keptDenial } from "./refusal.fixture.ts"
import { gatewayTo, stopGateways } from "./service.fixture.ts"

afterEach(async () => {
  closeRawClients()
  expect(await stopGateways()).toEqual([])
  stopBackends()
})

interface Cut {
  readonly name: string
  /** How the answer begins. */
  readonly begins: string
  readonly fails: (peer: Peer) => void
  readonly cause: string
}

const SIZED = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"
const CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
const UNTIL_CLOSE = "HTTP/1.1 200 OK\r\n\r\n"
const CHUNK = "5\r\nbegun\r\n"

const ends = (peer: Peer): void => peer.end()
const resets = (peer: Peer): void => peer.reset()
const stalls = (): void => undefined
const says =
  (text: string) =>
  (peer: Peer): void => {
    peer.send(text)
  }

const CUTS: readonly Cut[] = [
  { name: "ends after the head of a sized answer", begins: SIZED, fails: ends, cause: "upstream/cut" },
  { name: "ends inside a sized body", begins: `${SIZED}begun`, fails: ends, cause: "upstream/cut" },
  { name: "resets inside a sized body", begins: `${SIZED}begun`, fails: resets, cause: "upstream/cut" },
  { name: "stalls inside a sized body", begins: `${SIZED}begun`, fails: stalls, cause: "upstream/stalled" },
  { name: "ends after the head of a chunked answer", begins: CHUNKED, fails: ends, cause: "upstream/cut" },
  { name: "ends between two chunks", begins: CHUNKED + CHUNK, fails: ends, cause: "upstream/cut" },
  { name: "ends inside a chunk", begins: `${CHUNKED}9\r\nbegun`, fails: ends, cause: "upstream/cut" },
  { name: "resets between two chunks", begins: CHUNKED + CHUNK, fails: resets, cause: "upstream/cut" },
  { name: "stalls between two chunks", begins: CHUNKED + CHUNK, fails: stalls, cause: "upstream/stalled" },
  { name: "sends a chunk that is none", begins: CHUNKED + CHUNK, fails: says("zz\r\n"), cause: "upstream/malformed" },
  {
    name: "resets inside an answer without a length",
    begins: `${UNTIL_CLOSE}begun`,
    fails: resets,
    cause: "upstream/cut",
  },
  {
    name: "stalls inside an answer without a length",
    begins: `${UNTIL_CLOSE}begun`,
    fails: stalls,
    cause: "upstream/stalled",
  },
]

function start({ begins }: Cut): { readonly gateway: TestGateway; readonly backend: Backend } {
  const backend = new Backend({ onBytes: (peer) => peer.send(begins) })
  return { backend, gateway: gatewayTo(backend.url, { top: "timeouts: { stall: 300ms }" }) }
}

function expectKept(gateway: TestGateway, decision: string | undefined | null, cause: string): void {
  const { status, upstreamStatus } = keptDenial(gateway, decision ?? "", cause)
  expect({ status, upstreamStatus }).toEqual({ status: 200, upstreamStatus: 200 })
}

/** What the client of a raw connection is left with: an answer that cannot be taken for whole. */
async function expectCut(client: RawClient, gateway: TestGateway, cause: string): Promise<void> {
  await client.end()
  expect(client.ended).toBe("ECONNRESET")
  const answer = readMessage(client.bytes, "until-close")
  expect(answer?.line).toStartWith("HTTP/1.1 200")
  const isUnframed = firstOf(answer?.fields ?? [], "transfer-encoding") === undefined
  // Where nothing frames the body, which is so for HTTP/1.0 only, the reset is all that tells.
  if (!isUnframed || firstOf(answer?.fields ?? [], "content-length") !== undefined) expect(answer?.isWhole).toBe(false)
  expect(client.text).not.toContain("\r\n0\r\n")
  expectKept(gateway, firstOf(answer?.fields ?? [], "pinpoint-decision"), cause)
}

for (const version of ["1.1", "1.0"]) {
  describe(`a client that speaks HTTP/${version} sees an answer cut, never a clean end, when the upstream`, () => {
    for (const cut of CUTS) {
      test(cut.name, async () => {
        const { gateway, backend } = start(cut)
        const client = await RawClient.open(gateway.port)
        client.send(`GET /a HTTP/${version}\r\nHost: a\r\n\r\n`)
        await client.sees(cut.begins.includes("begun") ? "begun" : "\r\n\r\n")
        cut.fails(await backend.peer())
        await expectCut(client, gateway, cut.cause)
      })
    }
  })
}

describe("fetch rejects, and never gives a part for the whole, when the upstream", () => {
  for (const cut of CUTS) {
    test(cut.name, async () => {
      const { gateway, backend } = start(cut)
      const response = await fetch(`${gateway.url}/a`)
      expect(response.status).toBe(200)
      const body = response.text().then(
        (text) => `whole: ${text}`,
        () => "rejected",
      )
      cut.fails(await backend.peer())
      expect(await body).toBe("rejected")
      expectKept(gateway, response.headers.get("pinpoint-decision"), cut.cause)
    })
  }
})

test("an answer without a length that ends in an orderly way is whole for clients of both versions", async () => {
  const backend = new Backend({ onRequest: (_, peer) => peer.send(`${UNTIL_CLOSE}all of it`).end() })
  const gateway = gatewayTo(backend.url)
  for (const version of ["1.1", "1.0"]) {
    const client = await RawClient.open(gateway.port)
    client.send(`GET /a HTTP/${version}\r\nHost: a\r\nConnection: close\r\n\r\n`)
    await client.end()
    const answer = readMessage(client.bytes, "until-close")
    expect([answer?.isWhole, answer?.body.toString(), client.ended]).toEqual([true, "all of it", "fin"])
  }
})

test("a cut reaches the upstream, too, when it is the client that stalls inside its body while it is answered", async () => {
  const backend = new Backend({ onBytes: (peer) => peer.send(CHUNKED + CHUNK) })
  const gateway = gatewayTo(backend.url, { top: "timeouts: { body: 200ms }" })
  const client = await RawClient.open(gateway.port)
  client.send("PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345")
  await expectCut(client, gateway, "wire/slow-body")
  await until(() => backend.peers.every((peer) => peer.isClosed))
})
