import { afterEach, expect, test } from "bun:test"
import { Backend, type Peer, stopBackends } from "./backend.fixture.ts"
import { closeRawClients, RawClient } from "./raw.fixture.ts"
import { gatewayTo, stopGateways } from "./service.fixture.ts"

let isOver = false
afterEach(async () => {
  isOver = true
  closeRawClients()
  expect(await stopGateways()).toEqual([])
  stopBackends()
})

const CHUNK = "1\r\nx\r\n"
const AT_ONCE = 40_000

/** Keeps its connection full of chunks of one byte, until the test is over. */
function flood(peer: Peer): void {
  if (isOver) return
  if (peer.isSent) peer.send(CHUNK.repeat(AT_ONCE))
  setImmediate(() => flood(peer))
}

test("an upstream that answers one byte at a time without end lets others be answered in between", async () => {
  isOver = false
  const backend = new Backend({
    onRequest: ({ target }, peer) => {
      if (target !== "/flood") peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
      else flood(peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"))
    },
    onDrain: (peer) => peer.flush(),
  })
  const { port } = gatewayTo(backend.url)
  let passed = 0
  const flooded = await fetch(`http://127.0.0.1:${port}/flood`)
  const reader = flooded.body?.getReader()
  const reading = (async () => {
    for (let piece = await reader?.read(); piece?.done === false && !isOver; piece = await reader?.read())
      passed += piece.value.length
  })().catch(() => undefined)
  while (passed < AT_ONCE) await Bun.sleep(1)
  const waits: number[] = []
  for (let i = 0; i < 9; i++) {
    const before = passed
    const client = await RawClient.open(port)
    const answer = await client.send("GET /other HTTP/1.1\r\nHost: a\r\n\r\n").answer()
    expect(answer.body.toString()).toBe("ok")
    waits.push(passed - before)
  }
  isOver = true
  await reader?.cancel()
  await reading
  // Bytes of the flood that passed while another request was made and answered: a few turns' worth.
  const [, , , , median = 0] = waits.sort((a, b) => a - b)
  expect(median).toBeLessThan(AT_ONCE)
})
