import { afterEach, describe, expect, test } from "bun:test"
import { Client, echo, OK, Recorder, record, start, stopAll, until } from "./serve.fixture.ts"

afterEach(stopAll)

const POST = "POST / HTTP/1.1\r\nHost: a\r\n"
const NEXT = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n"

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
