import { afterEach, describe, expect, test } from "bun:test"
import { answering, client, send, stopAll, Upstream } from "./connect.fixture.ts"

afterEach(stopAll)

const OK = "HTTP/1.1 200 OK\r\n"
const MEGABYTE = 1024 * 1024
const SIZE = 32 * MEGABYTE
/** More than the kernel's buffers of one loopback connection and what may be read ahead together. */
const MOST_IN_FLIGHT = 16 * MEGABYTE

describe("backpressure", () => {
  test("a reader that pauses stops the upstream, and gets every byte once it resumes", async () => {
    const upstream = new Upstream((peer, text) => {
      if (text.includes("HTTP/1.1")) peer.send(`${OK}Content-Length: ${SIZE}\r\n\r\n`).send(Buffer.alloc(SIZE, 0x61))
    })
    const sent = send(client(), upstream.origin)
    sent.keepsBody = false
    sent.onEvent = (event) => {
      if (event === "data") sent.exchange.pause()
    }
    await sent.sees("data")
    await Bun.sleep(300)
    const first = sent.bytes
    await Bun.sleep(100)
    expect(sent.bytes).toBe(first)
    const peer = await upstream.peer(0)
    expect(SIZE - peer.unsent).toBeLessThan(MOST_IN_FLIGHT)
    sent.onEvent = () => undefined
    sent.exchange.resume()
    expect(await sent.done()).toEqual(["head 200", "data", "end"])
    expect(sent.bytes).toBe(SIZE)
  })

  test("a pause in one piece of many chunks holds the rest of them back", async () => {
    const upstream = answering(`${OK}Transfer-Encoding: chunked\r\n\r\n${"1\r\nx\r\n".repeat(100)}0\r\n\r\n`)
    const sent = send(client(), upstream.origin)
    let calls = 0
    sent.onEvent = (event) => {
      if (event !== "data") return
      calls += 1
      sent.exchange.pause()
      setTimeout(() => sent.exchange.resume(), 0)
    }
    await sent.sees("data")
    expect(calls).toBe(1)
    await sent.done()
    expect([calls, sent.bytes]).toEqual([100, 100])
  })

  test("an answer whose connection ends while it is paused is given whole", async () => {
    const upstream = new Upstream((peer) => peer.send(`${OK}\r\nhello`).end())
    const sent = send(client(), upstream.origin)
    sent.onEvent = (event) => {
      if (event === "head 200") sent.exchange.pause()
    }
    await sent.sees("head 200")
    await Bun.sleep(100)
    expect(sent.events).toEqual(["head 200"])
    sent.exchange.resume()
    expect(await sent.done()).toEqual(["head 200", "data", "end"])
    expect(sent.body).toBe("hello")
  })

  test("an upstream that does not read makes the writer wait, and gets every byte in order in the end", async () => {
    let seen = 0
    let isOrdered = true
    const upstream = new Upstream((peer, text) => {
      peer.received = ""
      const body = text.startsWith("PUT") ? text.slice(text.indexOf("\r\n\r\n") + 4) : text
      for (let i = 0; i < body.length; i += 997) isOrdered &&= body.charCodeAt(i) === ((seen + i) >> 16) % 256
      seen += body.length
      if (seen === SIZE) peer.send(`${OK}Content-Length: 0\r\n\r\n`)
    })
    const sent = send(client(), upstream.origin, { method: "PUT", framing: { kind: "sized", length: SIZE } })
    // The buffer is used again for each write, as a socket's owner may.
    const piece = Buffer.alloc(1 << 16)
    let written = 0
    const write = (): void => {
      let mayGoOn = true
      while (mayGoOn && written < SIZE) {
        piece.fill((written >> 16) % 256)
        mayGoOn = sent.exchange.write(piece)
        written += piece.length
      }
      if (written === SIZE) sent.exchange.endBody()
    }
    sent.onEvent = (event) => {
      if (event === "drain") write()
    }
    write()
    const peer = await upstream.peer(0)
    peer.pause()
    await Bun.sleep(200)
    const held = written
    await Bun.sleep(100)
    expect(written).toBe(held)
    expect(written - seen).toBeLessThan(MOST_IN_FLIGHT)
    peer.resume()
    expect((await sent.done()).at(-1)).toBe("end")
    expect([seen, isOrdered]).toEqual([SIZE, true])
  })

  test("a writer waits for a connection as it waits for a slow one", async () => {
    const upstream = new Upstream((peer, text) => {
      if (text.endsWith("0\r\n\r\n")) peer.send(`${OK}Content-Length: 0\r\n\r\n`)
    })
    const sent = send(client(), upstream.origin, { method: "POST", framing: { kind: "chunked" } })
    sent.exchange.write(Buffer.alloc(20_000))
    expect(sent.exchange.write(Buffer.alloc(20_000))).toBe(false)
    await sent.sees("drain")
    sent.exchange.endBody()
    expect((await sent.done()).at(-1)).toBe("end")
  })
})

describe("abort", () => {
  test("closes the connection and ends all events, whenever it comes", async () => {
    for (const at of ["100", "head 200", "data"]) {
      const upstream = answering(`HTTP/1.1 100 Continue\r\n\r\n${OK}Content-Length: 9\r\n\r\nhello`)
      const sent = send(client(), upstream.origin)
      sent.onEvent = (event) => {
        if (event === at) sent.exchange.abort()
      }
      const peer = await upstream.peer(0)
      await peer.closed()
      expect(sent.events.at(-1)).toBe(at)
    }
  })

  test("before the connection stands opens nothing that stays", async () => {
    const upstream = answering(`${OK}Content-Length: 0\r\n\r\n`)
    const sent = send(client(), upstream.origin)
    sent.exchange.abort()
    await (await upstream.peer(0)).closed()
    expect(sent.events).toEqual([])
    expect((await upstream.peer(0)).received).toBe("")
  })

  test("after the end does nothing to the connection's next request", async () => {
    const upstream = answering(`${OK}Content-Length: 0\r\n\r\n`)
    const made = client()
    const first = send(made, upstream.origin)
    await first.done()
    const second = send(made, upstream.origin)
    first.exchange.abort()
    first.exchange.pause()
    expect(await second.done()).toEqual(["head 200", "end"])
    expect(upstream.peers).toHaveLength(1)
  })
})
