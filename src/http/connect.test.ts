import { afterEach, describe, expect, test } from "bun:test"
import { answering, client, Listener, send, stopAll, Upstream } from "./connect.fixture.ts"

afterEach(stopAll)

const OK = "HTTP/1.1 200 OK\r\n"
const HELLO = `${OK}Content-Length: 5\r\n\r\nhello`
const NO_BODY = "\r\n\r\n"

describe("a request", () => {
  test("goes out with the framing that was told and nothing else added", async () => {
    const upstream = new Upstream()
    const made = client()
    const { authority } = upstream.origin
    send(made, upstream.origin)
    const first = await upstream.peer(0)
    await first.sees(NO_BODY)
    expect(first.received).toBe(`GET / HTTP/1.1\r\nHost: ${authority}\r\n\r\n`)

    const sized = send(made, upstream.origin, { method: "PUT", framing: { kind: "sized", length: 4 } })
    sized.exchange.write(Buffer.from("bo"))
    sized.exchange.write(Buffer.from("dy"))
    sized.exchange.endBody()
    const second = await upstream.peer(1)
    await second.sees("body")
    expect(second.received).toBe(`PUT / HTTP/1.1\r\nHost: ${authority}\r\nContent-Length: 4\r\n\r\nbody`)

    const chunked = send(made, upstream.origin, { method: "POST", framing: { kind: "chunked" } })
    chunked.exchange.write(Buffer.from("hello, "))
    chunked.exchange.write(Buffer.alloc(0))
    chunked.exchange.write(Buffer.from("world"))
    chunked.exchange.endBody()
    const third = await upstream.peer(2)
    await third.sees("0\r\n\r\n")
    const body = "7\r\nhello, \r\n5\r\nworld\r\n0\r\n\r\n"
    expect(third.received).toBe(`POST / HTTP/1.1\r\nHost: ${authority}\r\nTransfer-Encoding: chunked\r\n\r\n${body}`)
  })

  test("leaves with its first body bytes in one piece", async () => {
    const pieces: string[] = []
    const upstream = new Upstream((_, text) => pieces.push(text))
    const { exchange } = send(client(), upstream.origin, { method: "PUT", framing: { kind: "sized", length: 4 } })
    exchange.write(Buffer.from("body"))
    await (await upstream.peer(0)).sees("body")
    expect(pieces).toHaveLength(1)
  })

  test("keeps the bytes of a latin1 field as they are", async () => {
    const upstream = new Upstream()
    send(client(), upstream.origin, { head: "GET / HTTP/1.1\r\nHost: a\r\nX-Name: \xe9\xff\r\n" })
    const peer = await upstream.peer(0)
    await peer.sees(NO_BODY)
    expect(peer.received).toContain("X-Name: \xe9\xff\r\n")
  })

  test("says Connection: close when connections are not kept", async () => {
    const upstream = answering(HELLO)
    const sent = send(client({ idlePerOrigin: 0 }), upstream.origin)
    expect(await sent.done()).toEqual(["head 200", "data", "end"])
    const peer = await upstream.peer(0)
    expect(peer.received).toContain("Connection: close\r\n")
    await peer.closed()
  })

  test("whose body does not fit its length is aborted instead of sent", async () => {
    const upstream = new Upstream()
    const sized = { method: "PUT", framing: { kind: "sized", length: 4 } } as const
    const long = send(client(), upstream.origin, sized)
    expect(() => long.exchange.write(Buffer.from("bodies"))).toThrow("longer")
    const short = send(client(), upstream.origin, sized)
    short.exchange.write(Buffer.from("b"))
    expect(() => short.exchange.endBody()).toThrow("shorter")
    expect([...long.events, ...short.events]).toEqual([])
  })
})

describe("an answer", () => {
  const bodies: [string, string, string][] = [
    ["of a given length", HELLO, "hello"],
    ["in chunks", `${OK}Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nX-Sum: 1\r\n\r\n`, "hello"],
    ["of length 0", `${OK}Content-Length: 0\r\n\r\n`, ""],
    ["with 204", "HTTP/1.1 204 No Content\r\n\r\n", ""],
    ["with 304 and a length", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", ""],
  ]
  for (const [what, wire, body] of bodies) {
    test(`${what} is read to its end, and its connection used again`, async () => {
      const upstream = answering(wire)
      const made = client()
      for (let i = 0; i < 3; i++) {
        const sent = send(made, upstream.origin)
        const events = await sent.done()
        expect(events.filter((event) => event !== "data")).toEqual([`head ${sent.head?.status}`, "end"])
        expect(sent.body).toBe(body)
      }
      expect(upstream.peers).toHaveLength(1)
    })

    test(`${what} is the same however it is split`, async () => {
      const upstream = new Upstream(async (peer, text) => {
        if (!text.endsWith(NO_BODY)) return
        for (const byte of wire) {
          peer.send(byte)
          await Bun.sleep(0)
        }
      })
      const sent = send(client(), upstream.origin)
      await sent.done()
      expect(sent.body).toBe(body)
    })
  }

  test("to HEAD has no body, whatever its fields say", async () => {
    const upstream = answering(`${OK}Content-Length: 5\r\n\r\n`)
    const made = client()
    for (let i = 0; i < 2; i++) {
      const sent = send(made, upstream.origin, { method: "HEAD" })
      expect(await sent.done()).toEqual(["head 200", "end"])
      expect(sent.head?.fields.get("content-length")).toBe("5")
    }
    expect(upstream.peers).toHaveLength(1)
  })

  test("without a length ends with its connection", async () => {
    const upstream = new Upstream((peer) => peer.send(`${OK}\r\nhello`).end())
    const sent = send(client(), upstream.origin)
    expect(await sent.done()).toEqual(["head 200", "data", "end"])
    expect(sent.body).toBe("hello")
  })

  test("may come after interim answers", async () => {
    const early = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    const upstream = answering(`HTTP/1.1 100 Continue\r\n\r\n${early}${HELLO}`)
    expect(await send(client(), upstream.origin).done()).toEqual(["100", "103", "head 200", "data", "end"])
  })

  test("may come before the request is whole; its connection is then not used again", async () => {
    const upstream = new Upstream((peer, text) => {
      if (text.includes("HTTP/1.1")) peer.send(HELLO)
    })
    const made = client()
    const sent = send(made, upstream.origin, { method: "POST", framing: { kind: "chunked" } })
    expect(await sent.done()).toEqual(["head 200", "data", "end"])
    expect(sent.exchange.write(Buffer.from("late"))).toBe(true)
    sent.exchange.endBody()
    await (await upstream.peer(0)).closed()
    await send(made, upstream.origin).done()
    expect(upstream.peers).toHaveLength(2)
  })

  test("that begins before the request is whole and ends after it leaves its connection usable", async () => {
    const upstream = new Upstream((peer, text) => {
      if (text.includes("HTTP/1.1")) peer.send(`${OK}Content-Length: 5\r\n\r\nhe`)
      if (text.endsWith("0\r\n\r\n")) peer.send("llo")
    })
    const made = client()
    const sent = send(made, upstream.origin, { method: "POST", framing: { kind: "chunked" } })
    await sent.sees("data")
    sent.exchange.endBody()
    await sent.done()
    send(made, upstream.origin)
    await (await upstream.peer(0)).sees("GET /")
    expect(upstream.peers).toHaveLength(1)
  })
})

describe("a handler that throws", () => {
  for (const event of ["100", "head 200", "data", "end"]) {
    test(`at ${event} is reported, and its exchange hears no more`, async () => {
      const errors: unknown[] = []
      const upstream = answering(`HTTP/1.1 100 Continue\r\n\r\n${HELLO}`)
      const made = client({}, { onError: (error) => errors.push(error) })
      const listener = new Listener()
      const thrown = new Error("from a handler")
      listener.onEvent = (seen) => {
        if (seen === event) throw thrown
      }
      const sent = send(made, upstream.origin, {}, listener)
      const after = send(made, upstream.origin)
      await after.done()
      await Bun.sleep(20)
      expect(errors).toEqual([thrown])
      expect(sent.events.at(-1)).toBe(event)
    })
  }
})
