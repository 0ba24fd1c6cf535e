import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { connect, createServer, type Server as NetServer } from "node:net"
import { startTestGateway, type TestGateway } from "../gateway.fixture.ts"
import { raw } from "./dialects.fixture.ts"
import { CALLER_KEY, providerLines } from "./gateway.fixture.ts"

let flooding: Flood
let gateway: TestGateway
beforeAll(async () => {
  flooding = await startFlood()
  gateway = startTestGateway(`
listen: 127.0.0.1:0
keys: [{ name: alice, key: ${CALLER_KEY} }]
models:
  flood: { targets: [{ provider: flood, model: works }], retries: 0 }
providers:
  flood: ${providerLines("openai-chat", `http://127.0.0.1:${flooding.port}`)}
`)
})
afterAll(async () => {
  await gateway.stop()
  await flooding.stop()
})

interface Flood {
  readonly port: number
  /** Bytes of the answer that the kernel took. */
  written(): number
  stop(): Promise<void>
}

const MOST = 256 * 1024 * 1024

/** Streams a quarter of a gigabyte to whoever takes it, as fast as it is taken. */
async function startFlood(): Promise<Flood> {
  const delta = { content: "x".repeat(1000) }
  const chunk = { id: "c", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta }] }
  const events = Buffer.from(`data: ${JSON.stringify(chunk)}\n\n`.repeat(60))
  const framed = Buffer.concat([Buffer.from(`${events.length.toString(16)}\r\n`), events, Buffer.from("\r\n")])
  let written = 0
  const server: NetServer = createServer((socket) => {
    socket.on("error", () => socket.destroy())
    const flow = (): void => {
      while (!socket.destroyed && written < MOST) {
        written += framed.length
        if (!socket.write(framed)) return
      }
    }
    socket.on("drain", flow)
    socket.once("data", () => {
      written = 0
      socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
      flow()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()))
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("the flood has no port")
  return {
    port: address.port,
    written: () => written,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

describe.each(["openai-chat", "anthropic"] as const)("a caller who asks in %s and reads nothing", (dialect) => {
  test("keeps the provider waiting, and the gateway from filling its memory", async () => {
    const { path, body } = raw[dialect]
    const sent = JSON.stringify(body("flood", "x", true))
    const socket = connect(gateway.port, "127.0.0.1")
    socket.on("error", () => socket.destroy())
    socket.pause()
    socket.write(
      `POST ${path("flood", true)} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${CALLER_KEY}\r\nContent-Type: application/json\r\nContent-Length: ${sent.length}\r\n\r\n${sent}`,
    )
    let before = -1
    while (before !== flooding.written() || before <= 0) {
      before = flooding.written()
      await Bun.sleep(200)
    }
    socket.destroy()
    // What two kernels hold for two connections, and a little of our own; of 256 MiB.
    expect(before).toBeLessThan(64 * 1024 * 1024)
    console.log(`${dialect}: ${(before / 1024 / 1024).toFixed(1)} MiB were taken from the provider`)
  })
})
