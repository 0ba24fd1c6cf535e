import { afterEach, describe, expect, test } from "bun:test"
import { Client, LIMITS, OK, Recorder, start, stopAll, stopLater, until } from "./serve.fixture.ts"
import { accept, HANDLERS, type Server } from "./serve.ts"
import type { ServerEvents, ServerExchange } from "./server.ts"
import type { Connection } from "./server-connection.ts"
import { Hub } from "./server-hub.ts"

afterEach(stopAll)

const GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
const CHUNK = Buffer.alloc(256 * 1024, "x")
const TOTAL = 48 * 1024 * 1024

/** Listens as `serve` does, and shows the connections. */
function listen(events: ServerEvents): { accepted: readonly Connection[]; client: Promise<Client> } {
  const hub = new Hub(LIMITS, events, (error) => expect(error).toBeUndefined())
  const accepted: Connection[] = []
  const open = (socket: Bun.Socket<Connection>): void => {
    socket.data = accept(socket, hub)
    accepted.push(socket.data)
  }
  const listener = Bun.listen({ hostname: "127.0.0.1", port: 0, allowHalfOpen: true, socket: { ...HANDLERS, open } })
  const server: Server = {
    port: listener.port,
    get connections() {
      return hub.connections.size
    },
    limit: (limits) => hub.limit(limits),
    stop: (graceMs) => {
      listener.stop()
      return hub.stop(graceMs)
    },
  }
  return { accepted, client: Client.open(stopLater(server)) }
}

describe("a client that does not read", () => {
  test("never has more queued for it than one write and one gathering buffer", async () => {
    const begun: ServerExchange[] = []
    const { accepted, client } = listen({
      onRequest(it) {
        begun.push(it)
        return new Recorder()
      },
      onFault: (_, it) => it.cut(),
    })
    const { socket } = await client
    socket.pause()
    socket.write(GET)
    await until(() => begun.length === 1)
    const [it] = begun
    it?.begin(200, OK, { kind: "chunked" })
    const small = CHUNK.subarray(0, 1000)
    let most = 0
    let isFull = false
    while (!isFull) {
      // Small pieces gather, so that a tick may end with more than the kernel takes.
      for (let i = 0; i < 100; i++) if (it?.write(small) === false) isFull = true
      if (it?.write(CHUNK) === false) isFull = true
      await Bun.sleep(0)
      for (const { output } of accepted) most = Math.max(most, output.queued)
    }
    expect(most).toBeLessThan(CHUNK.length + 100 * 1100 + 64 * 1024)
    expect(most).toBeGreaterThan(0)
  })

  test("makes the handler wait until it reads again, and loses nothing", async () => {
    let written = 0
    const { server, errors } = start((it) => {
      const recorder = new Recorder()
      it.begin(200, OK, { kind: "sized", length: TOTAL })
      const fill = (): void => {
        while (written < TOTAL) {
          written += CHUNK.length
          if (!it.write(CHUNK)) break
        }
        if (written === TOTAL && recorder.events.at(-1) !== "end") it.end()
      }
      recorder.onEvent = fill
      fill()
      return recorder
    })
    const client = await Client.open(server)
    client.socket.pause()
    client.send(GET)
    await until(() => written > 0)
    await Bun.sleep(100)
    const before = written
    await Bun.sleep(100)
    // The kernel's buffers are full, and then nothing more is asked for.
    expect(written).toBe(before)
    expect(written).toBeLessThan(TOTAL)
    let count = 0
    client.socket.removeAllListeners("data")
    client.socket.on("data", (bytes: Buffer) => {
      count += bytes.length
    })
    client.socket.resume()
    await until(() => count >= TOTAL)
    expect(count).toBe(TOTAL + `${OK}Content-Length: ${TOTAL}\r\n\r\n`.length)
    expect(errors).toEqual([])
  })

  test("is not served its further requests, however many it has sent", async () => {
    const body = "x".repeat(32 * 1024)
    const requests = 4000
    let served = 0
    const { server } = start((it) => {
      served += 1
      it.reply(200, OK, body)
      return new Recorder()
    })
    const client = await Client.open(server)
    client.socket.pause()
    client.send(GET.repeat(requests))
    await until(() => served > 0)
    await Bun.sleep(100)
    const before = served
    await Bun.sleep(100)
    expect(served).toBe(before)
    expect(served).toBeLessThan(requests)
    client.socket.resume()
    await until(() => served === requests)
  })

  test("is given up in the end", async () => {
    const { server } = start(
      (it) => {
        const recorder = new Recorder()
        it.begin(200, OK, { kind: "chunked" })
        while (it.write(CHUNK));
        recorder.onEvent = (event) => expect(event).toBe("abort")
        return recorder
      },
      { limits: { bodyTimeout: 50, idleTimeout: 50 } },
    )
    const client = await Client.open(server)
    client.socket.pause()
    client.send(GET)
    await until(() => server.connections === 1)
    await until(() => server.connections === 0)
    client.socket.resume()
    await client.end()
    expect(client.ended).toBe("ECONNRESET")
  })
})
