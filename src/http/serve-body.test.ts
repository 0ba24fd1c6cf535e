import { afterEach, describe, expect, test } from "bun:test"
import { Client, echo, hello, OK, Recorder, start, stopAll, until } from "./serve.fixture.ts"
import type { ServerExchange } from "./server.ts"

afterEach(stopAll)

const POST = "POST / HTTP/1.1\r\nHost: a\r\n"
const NEXT = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n"

/** Starts a server whose handler only writes down what it is told; `exchanges` are what came. */
function record(limits: Parameters<typeof start>[1] = {}) {
  const recorders: Recorder[] = []
  const exchanges: ServerExchange[] = []
  const started = start((it) => {
    const recorder = new Recorder()
    recorders.push(recorder)
    exchanges.push(it)
    return recorder
  }, limits)
  const first = async (): Promise<[ServerExchange, Recorder]> => {
    await until(() => recorders.length > 0)
    const [it, recorder] = [exchanges[0], recorders[0]]
    if (it === undefined || recorder === undefined) throw new Error("no request came")
    return [it, recorder]
  }
  return { ...started, recorders, first }
}

describe("a request body", () => {
  test("that came with its head is delivered when it is asked for, and not from within that call", async () => {
    const { server, first } = record()
    const client = await Client.open(server)
    client.send(`${POST}Content-Length: 3\r\n\r\nabc`)
    const [it, recorder] = await first()
    await Bun.sleep(10)
    expect(recorder.events).toEqual([])
    it.readBody()
    it.readBody()
    expect(recorder.events).toEqual([])
    await until(() => recorder.events.length > 1)
    expect(recorder.events).toEqual(["body", "end"])
    expect(recorder.body).toBe("abc")
  })

  test("that is empty or absent ends at once when it is asked for", async () => {
    const { server } = start(echo)
    const client = await Client.open(server)
    client.send(`${POST}Content-Length: 0\r\n\r\n${POST}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${NEXT}`)
    const text = await client.sees("GET /next []")
    expect(text.split("POST / []")).toHaveLength(3)
  })

  test("may still come while it is being answered", async () => {
    const { server, first } = record()
    const client = await Client.open(server)
    client.send(`${POST}Content-Length: 6\r\n\r\nabc`)
    const [it, recorder] = await first()
    it.readBody()
    await until(() => recorder.body === "abc")
    it.begin(200, OK, { kind: "chunked" })
    await client.sees("\r\n\r\n")
    client.send("def")
    await until(() => recorder.events.includes("end"))
    it.end()
    client.send(NEXT)
    await client.sees("0\r\n\r\n")
    expect(recorder.body).toBe("abcdef")
  })

  test("of which a chunk is malformed is a fault that can be answered, and ends the connection", async () => {
    const { server } = start((it) => {
      const recorder = new Recorder()
      recorder.onEvent = (event) => it.reply(400, "HTTP/1.1 400 Bad Request\r\n", `${event} ${recorder.body}`)
      it.readBody()
      return recorder
    })
    const client = await Client.open(server)
    client.send(`${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n${NEXT}`)
    const text = await client.end()
    expect(text).toBe("HTTP/1.1 400 Bad Request\r\nContent-Length: 6\r\nConnection: close\r\n\r\nchunk ")
    expect(client.ended).toBe("fin")
  })

  test("that stalls is slow, and can be answered", async () => {
    const { server, first } = record({ limits: { bodyTimeout: 50 } })
    const client = await Client.open(server)
    client.send(`${POST}Content-Length: 6\r\n\r\nabc`)
    const [it, recorder] = await first()
    it.readBody()
    await until(() => recorder.events.length > 1)
    it.reply(408, "HTTP/1.1 408 Request Timeout\r\n", "")
    expect(await client.end()).toContain("Connection: close")
    expect(recorder.events).toEqual(["body", "slow-body"])
  })

  test("that waits for the handler is not slow", async () => {
    const { server, first } = record({ limits: { bodyTimeout: 50 } })
    const client = await Client.open(server)
    client.send(`${POST}Content-Length: 6\r\n\r\nabc`)
    const [it, recorder] = await first()
    it.readBody()
    it.pauseBody()
    await Bun.sleep(500)
    expect(recorder.events).toEqual([])
    client.send("def")
    it.resumeBody()
    await until(() => recorder.events.includes("end"))
    expect(recorder.body).toBe("abcdef")
  })

  test("that the client ends early is cut, and can be answered", async () => {
    const { server, first } = record()
    const client = await Client.open(server)
    client.send(`${POST}Content-Length: 6\r\n\r\nabc`).socket.end()
    const [it, recorder] = await first()
    it.readBody()
    await until(() => recorder.events.length > 1)
    it.reply(400, "HTTP/1.1 400 Bad Request\r\n", "cut")
    expect(await client.end()).toEndWith("cut")
    expect(recorder.events).toEqual(["body", "cut"])
  })

  test("of a client that vanishes is an abort and nothing else", async () => {
    const { server, first } = record()
    const client = await Client.open(server)
    client.send(`${POST}Content-Length: 6\r\n\r\nabc`)
    const [it, recorder] = await first()
    it.readBody()
    await until(() => recorder.body === "abc")
    client.socket.resetAndDestroy()
    await until(() => server.connections === 0)
    it.reply(200, OK, "into the void")
    expect(recorder.events).toEqual(["body", "abort"])
  })

  test("is held back while it is paused: the client is made to wait", async () => {
    const { server, first } = record()
    const client = await Client.open(server)
    const size = 32 * 1024 * 1024
    client.send(`${POST}Content-Length: ${size}\r\n\r\n`)
    const [it, recorder] = await first()
    it.readBody()
    let piece = 0
    recorder.onEvent = () => it.pauseBody()
    client.send(Buffer.alloc(size, "x"))
    await until(() => recorder.pieces.length > 0)
    await Bun.sleep(50)
    const given = recorder.pieces.length
    await Bun.sleep(50)
    expect(recorder.pieces).toHaveLength(given)
    expect(client.socket.bytesWritten - client.socket.writableLength).toBeLessThan(size)
    recorder.onEvent = () => undefined
    it.resumeBody()
    await until(() => recorder.events.includes("end"))
    for (const bytes of recorder.pieces) piece += bytes.length
    expect(piece).toBe(size)
  })

  test("paused inside one read stops there", async () => {
    const { server, first } = record()
    const client = await Client.open(server)
    const chunks = "1\r\na\r\n".repeat(5)
    client.send(`${POST}Transfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`)
    const [it, recorder] = await first()
    recorder.onEvent = () => it.pauseBody()
    it.readBody()
    await until(() => recorder.body === "a")
    await Bun.sleep(10)
    expect(recorder.body).toBe("a")
    recorder.onEvent = () => undefined
    it.resumeBody()
    await until(() => recorder.events.includes("end"))
    expect(recorder.body).toBe("aaaaa")
  })
})

describe("Expect: 100-continue", () => {
  const EXPECT = `${POST}Expect: 100-continue\r\n`

  test("is answered when the body is asked for", async () => {
    const { server, first } = record()
    const client = await Client.open(server)
    client.send(`${EXPECT}Content-Length: 3\r\n\r\n`)
    const [it, recorder] = await first()
    await Bun.sleep(10)
    expect(client.text).toBe("")
    it.readBody()
    await client.sees("HTTP/1.1 100 Continue\r\n\r\n")
    client.send("abc")
    await until(() => recorder.events.includes("end"))
    it.reply(200, OK, "x")
    await client.sees(`100 Continue\r\n\r\n${OK}Content-Length: 1\r\n\r\nx`)
  })

  test("needs no answer when the body comes anyway", async () => {
    const { server } = start(echo)
    const client = await Client.open(server)
    client.send(`${EXPECT}Content-Length: 3\r\n\r\nabc`)
    expect(await client.sees("[abc]")).toStartWith(OK)
  })

  test("of a refused request ends the connection, as nobody can tell what follows", async () => {
    const { server } = start(hello)
    const client = await Client.open(server)
    client.send(`${EXPECT}Content-Length: 3\r\n\r\n`)
    expect(await client.end()).toBe(`${OK}Content-Length: 5\r\nConnection: close\r\n\r\nhello`)
  })
})

describe("a body that nobody asked for", () => {
  const HELLO = `${OK}Content-Length: 5\r\n\r\nhello`

  test("is read past when it is short, and the connection kept", async () => {
    const { server } = start(hello)
    const client = await Client.open(server)
    client.send(`${POST}Content-Length: 60000\r\n\r\nabc`)
    await client.sees(HELLO)
    client.send(`${"x".repeat(59_997)}${NEXT}`)
    await client.sees(HELLO + HELLO)
  })

  test("is read past when it is chunked and there", async () => {
    const { server } = start(hello)
    const client = await Client.open(server)
    client.send(`${POST}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n${NEXT}`)
    await client.sees(HELLO + HELLO)
  })

  test("ends the connection when it is malformed, chunked and not there yet, or large", async () => {
    const { server } = start(hello)
    const bodies = [
      "Transfer-Encoding: chunked\r\n\r\nzz",
      "Transfer-Encoding: chunked\r\n\r\n3\r\n",
      "Content-Length: 65537\r\n\r\n",
    ]
    for (const body of bodies) {
      const client = await Client.open(server)
      expect(await client.send(POST + body).end()).toBe(`${OK}Content-Length: 5\r\nConnection: close\r\n\r\nhello`)
      expect(client.ended).toBe("fin")
    }
  })

  test("of 5 MB, written by a client that reads only then, does not hide the answer", async () => {
    const { server } = start(hello)
    const client = await Client.open(server)
    client.socket.pause()
    client.send(`${POST}Content-Length: 5000000\r\n\r\n`)
    let left = 5_000_000
    while (left > 0 && !client.socket.destroyed) {
      left -= 50_000
      client.send(Buffer.alloc(50_000, "x"))
      await Bun.sleep(0)
    }
    client.socket.resume()
    await client.sees("Connection: close\r\n\r\nhello")
    await until(() => server.connections === 0)
  })

  test("that never ends is not read for ever", async () => {
    const { server } = start(hello)
    const client = await Client.open(server)
    client.send(`${POST}Transfer-Encoding: chunked\r\n\r\n`)
    const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`
    let sent = 0
    while (server.connections > 0) {
      if (client.socket.writableLength === 0 && client.socket.writable) {
        client.send(chunk)
        sent += chunk.length
      }
      await Bun.sleep(1)
    }
    expect(client.text).toEndWith("hello")
    expect(sent).toBeLessThan(32 * 1024 * 1024)
  })
})
