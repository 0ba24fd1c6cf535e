import { afterEach, describe, expect, test } from "bun:test"
import { createHash } from "node:crypto"
import { answerWith, Backend, type Peer, type Received, stopBackends, until } from "./backend.fixture.ts"
import { chunked, firstOf, statusOf } from "./message.fixture.ts"
import { closeRawClients, RawClient } from "./raw.fixture.ts"
import { gatewayTo, stopGateways } from "./service.fixture.ts"

afterEach(async () => {
  closeRawClients()
  expect(await stopGateways()).toEqual([])
  stopBackends()
})

const MEGA = 1024 * 1024
const SIZES = { "no byte": 0, "one byte": 1, "64 KiB": 65_536, "20 MB": 20 * MEGA }

/** Bytes of which no two parts are alike, so that none can be lost, doubled or moved unseen. */
function bytesOf(size: number): Buffer {
  const bytes = Buffer.alloc(size)
  let state = 0x9e3779b9
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    bytes[i] = state >>> 24
  }
  return bytes
}

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex")

const CHUNKED = "Transfer-Encoding: chunked\r\n"

/** Answers with the request's body, framed as the path asks. */
function echo({ body, target }: Received, peer: Peer): void {
  if (target === "/chunked") peer.send(`HTTP/1.1 200 OK\r\n${CHUNKED}\r\n`).send(chunked(body, 50_000))
  else peer.send(answerWith(body))
}

describe("a body comes through byte for byte and with the framing it was sent with:", () => {
  for (const [name, size] of Object.entries(SIZES)) {
    for (const there of ["sized", "chunked"]) {
      for (const back of ["sized", "chunked"]) {
        test(`${name}, ${there} on the way there and ${back} on the way back`, async () => {
          const backend = new Backend({ onRequest: echo })
          const gateway = gatewayTo(backend.url)
          const body = bytesOf(size)
          const framing = there === "chunked" ? CHUNKED : `Content-Length: ${size}\r\n`
          const client = await RawClient.open(gateway.port)
          client.send(`POST /${back} HTTP/1.1\r\nHost: a\r\n${framing}Connection: close\r\n\r\n`)
          client.send(there === "chunked" ? chunked(body, 70_000) : body)
          await client.end()
          const answer = await client.answer()
          expect([statusOf(answer), answer.isWhole, answer.end === client.count]).toEqual([200, true, true])
          expect(digest(answer.body)).toBe(digest(body))
          expect(digest(backend.last.body)).toBe(digest(body))
          for (const [message, kind] of [
            [backend.last, there],
            [answer, back],
          ] as const) {
            expect(firstOf(message.fields, "transfer-encoding")).toBe(kind === "chunked" ? "chunked" : undefined)
            expect(firstOf(message.fields, "content-length")).toBe(kind === "chunked" ? undefined : String(size))
          }
        })
      }
    }
  }
})

test("an answer that lasts to the end of the upstream's connection comes through byte for byte", async () => {
  const body = bytesOf(3 * MEGA)
  const backend = new Backend({ onRequest: (_, peer) => peer.send("HTTP/1.1 200 OK\r\n\r\n").send(body) })
  const gateway = gatewayTo(backend.url)
  const client = await RawClient.open(gateway.port)
  client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
  const peer = await backend.peer()
  await until(() => peer.count > 0 && peer.isSent)
  peer.end()
  expect(digest((await client.answer()).body)).toBe(digest(body))
})

test("each piece of an answer arrives before the upstream sends the next", async () => {
  const backend = new Backend({ onRequest: (_, peer) => peer.send(`HTTP/1.1 200 OK\r\n${CHUNKED}\r\n`) })
  const gateway = gatewayTo(backend.url)
  const client = await RawClient.open(gateway.port)
  client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
  await until(() => backend.requests.length === 1)
  const peer = await backend.peer()
  for (let i = 100; i < 120; i++) {
    peer.send(`5\r\n<${i}>\r\n`)
    await client.sees(`<${i}>`)
  }
  peer.send("0\r\n\r\n")
  expect((await client.answer()).isWhole).toBe(true)
})

test("each piece of a request's body reaches the upstream before the client sends the next", async () => {
  let seen = ""
  const backend = new Backend({ onBytes: (_, bytes) => (seen += bytes.toString("latin1")) })
  const gateway = gatewayTo(backend.url)
  const client = await RawClient.open(gateway.port)
  client.send(`POST /a HTTP/1.1\r\nHost: a\r\n${CHUNKED}\r\n`)
  for (let i = 100; i < 120; i++) {
    client.send(`5\r\n<${i}>\r\n`)
    await until(() => seen.includes(`<${i}>`))
  }
})

test("an upstream that answers before the whole body came is heard, and the client gets its answer whole", async () => {
  const backend = new Backend({ onBytes: (peer) => peer.send(answerWith("no more", "POST", "", "403 Forbidden")) })
  const gateway = gatewayTo(backend.url)
  const client = await RawClient.open(gateway.port)
  client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\nbegun")
  const answer = await client.answer()
  expect([statusOf(answer), answer.body.toString()]).toEqual([403, "no more"])
})

test("trailers are dropped and the body before them is whole", async () => {
  const backend = new Backend({
    onRequest: (_, peer) => peer.send(`HTTP/1.1 200 OK\r\n${CHUNKED}\r\n3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n`),
  })
  const gateway = gatewayTo(backend.url)
  const client = await RawClient.open(gateway.port)
  client.send(`POST /a HTTP/1.1\r\nHost: a\r\n${CHUNKED}\r\n3\r\nxyz\r\n0\r\nX-Check: 1\r\n\r\n`)
  const answer = await client.answer()
  expect([answer.body.toString(), backend.last.body.toString()]).toEqual(["abc", "xyz"])
  expect(client.text).not.toContain("X-Sum")
})
