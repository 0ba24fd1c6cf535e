import { afterEach, describe, expect, test } from "bun:test"
import { Client, echo, hello, OK, record, start, stopAll, until } from "./serve.fixture.ts"

afterEach(stopAll)

const POST = "POST / HTTP/1.1\r\nHost: a\r\n"
const NEXT = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n"

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
