import { afterEach, expect, setDefaultTimeout, test } from "bun:test"
import { connect, type Socket } from "node:net"
import { startDistantGateway } from "./memory.fixture.ts"

setDefaultTimeout(60_000)

const open = new Set<Socket>()
afterEach(() => {
  for (const socket of open) socket.destroy()
  open.clear()
})

const CONFIG = `
listen: 127.0.0.1:0
services: { one: { upstream: "http://127.0.0.1:9", routes: [{ path: "/a" }] } }
`

/** Sends the same without end, and reads whatever comes back. */
function flood(port: number, head: string, repeated: string): void {
  const socket = connect(port, "127.0.0.1")
  open.add(socket)
  socket.on("data", () => undefined)
  // The gateway may end the connection first.
  socket.on("error", () => undefined)
  const bytes = Buffer.from(repeated.repeat(20_000))
  const more = (): void => {
    if (open.has(socket)) socket.write(bytes, more)
  }
  socket.write(head, more)
}

for (const [what, head, repeated] of [
  ["requests that are refused", "", "GET /nope HTTP/1.1\r\nHost: a\r\n\r\n"],
  ["requests that are answered by the gateway", "", "GET /.well-known/pinpoint/causes/x HTTP/1.1\r\nHost: a\r\n\r\n"],
  ["a body of many chunks", "PUT /nope HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"],
] as const)
  test(`one client that sends ${what} without end keeps nobody else waiting`, async () => {
    const gateway = await startDistantGateway(CONFIG)
    flood(gateway.port, head, repeated)
    await Bun.sleep(200)
    let longest = 0
    for (const end = Date.now() + 2000; Date.now() < end; await Bun.sleep(5)) {
      const begun = performance.now()
      const other = await fetch(`http://127.0.0.1:${gateway.port}/nope`, { keepalive: false })
      await other.text()
      longest = Math.max(longest, performance.now() - begun)
    }
    expect(longest).toBeLessThan(1000)
    for (const socket of open) socket.destroy()
    open.clear()
    expect(await gateway.stop()).toBe(0)
  })
