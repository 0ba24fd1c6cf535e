import { afterEach, beforeEach, expect, test } from "bun:test"
import { Backend, type Peer, stopBackends, until } from "./backend.fixture.ts"
import { type DistantGateway, startDistantGateway } from "./memory.fixture.ts"
import { closeRawClients, RawClient } from "./raw.fixture.ts"

const MEGA = 1024 * 1024
const TOTAL = 200 * MEGA
/** What the gateway may grow by, a third of what passes through it. */
const MOST_GROWTH = 64 * MEGA
const PIECE = Buffer.alloc(MEGA, "x")

let gateway: DistantGateway
let backend: Backend
/** What the backend has given to its kernel on the way out, and got on the way in. */
let given = 0
let got = 0

beforeEach(async () => {
  given = 0
  got = 0
  backend = new Backend({
    onBytes: (peer, bytes) => {
      got += bytes.length
      if (bytes.includes("GET ")) pump(peer.send(`HTTP/1.1 200 OK\r\nContent-Length: ${TOTAL}\r\n\r\n`))
      else if (bytes.includes("PUT ")) peer.pause()
    },
    onDrain: (peer) => (given > 0 ? pump(peer) : undefined),
  })
  gateway = await startDistantGateway(`
listen: 127.0.0.1:0
services: { one: { upstream: "${backend.url}", routes: [{ path: "/*" }] } }
`)
})
afterEach(async () => {
  closeRawClients()
  expect(await gateway.stop()).toBe(0)
  stopBackends()
})

function pump(peer: Peer): void {
  while (given < TOTAL && peer.isSent) {
    given += PIECE.length
    peer.send(PIECE)
  }
}

/** Waits until a count grows no more, as everything between its two ends is full. */
async function settled(count: () => number): Promise<number> {
  let last = -1
  for (let same = 0; same < 15; same++) {
    await Bun.sleep(10)
    if (count() !== last) same = 0
    last = count()
  }
  return last
}

/** The most the gateway grew by, looked at again and again until all has passed. */
async function growthUntil(before: number, isDone: () => boolean): Promise<number> {
  let most = 0
  while (!isDone()) {
    most = Math.max(most, (await gateway.rss()) - before)
    await Bun.sleep(10)
  }
  return most
}

test("a client that does not read holds the upstream back, and the gateway holds next to nothing", async () => {
  const before = await gateway.rss()
  const client = await RawClient.open(gateway.port)
  client.keeps = false
  client.socket.pause()
  client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
  await until(() => given > 0)
  expect(await settled(() => given)).toBeLessThan(MOST_GROWTH)
  expect((await gateway.rss()) - before).toBeLessThan(MOST_GROWTH)
  client.socket.resume()
  expect(await growthUntil(before, () => client.count >= TOTAL)).toBeLessThan(MOST_GROWTH)
})

test("an upstream that does not read holds the client back, and the gateway holds next to nothing", async () => {
  const before = await gateway.rss()
  const client = await RawClient.open(gateway.port)
  let sent = 0
  const send = (): void => {
    while (sent < TOTAL) {
      sent += PIECE.length
      if (!client.socket.write(PIECE)) return
    }
  }
  client.socket.on("drain", send)
  client.send(`PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: ${TOTAL}\r\n\r\n`)
  await until(() => got > 0)
  send()
  expect(await settled(() => sent)).toBeLessThan(MOST_GROWTH)
  expect((await gateway.rss()) - before).toBeLessThan(MOST_GROWTH)
  const peer = await backend.peer()
  peer.resume()
  expect(await growthUntil(before, () => got >= TOTAL)).toBeLessThan(MOST_GROWTH)
  peer.send("HTTP/1.1 204 No Content\r\n\r\n")
  await client.sees("HTTP/1.1 204 ")
})
