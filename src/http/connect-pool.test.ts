import { afterEach, describe, expect, test } from "bun:test"
import { answering, client, send, stopAll, Upstream } from "./connect.fixture.ts"

afterEach(stopAll)

const OK = "HTTP/1.1 200 OK\r\n"
const HELLO = `${OK}Content-Length: 5\r\n\r\nhello`

describe("a connection is used again", () => {
  test("for the next request, and a second one opened only for two at a time", async () => {
    const upstream = answering(HELLO)
    const made = client()
    await Promise.all([send(made, upstream.origin).done(), send(made, upstream.origin).done()])
    for (let i = 0; i < 5; i++) await send(made, upstream.origin).done()
    expect(upstream.peers).toHaveLength(2)
  })

  test("from within the end of the answer before", async () => {
    const upstream = answering(HELLO)
    const made = client()
    const first = send(made, upstream.origin)
    const second = await new Promise<ReturnType<typeof send>>((resolve) => {
      first.onEvent = (event) => {
        if (event === "end") resolve(send(made, upstream.origin))
      }
    })
    expect(await second.done()).toEqual(["head 200", "data", "end"])
    expect(upstream.peers).toHaveLength(1)
  })

  test("the one used last first", async () => {
    const upstream = new Upstream()
    const made = client()
    const sent = [send(made, upstream.origin), send(made, upstream.origin)]
    const peers = [await upstream.peer(0), await upstream.peer(1)]
    for (const [i, peer] of peers.entries()) {
      await peer.sees("\r\n\r\n")
      peer.send(HELLO)
      await sent[i]?.done()
    }
    const last = peers[1]
    send(made, upstream.origin)
    await last?.seesBytes(2 * (peers[0]?.received.length ?? 0))
    expect(upstream.peers).toHaveLength(2)
  })

  test("by nobody but its own origin", async () => {
    const one = answering(HELLO)
    const other = answering(HELLO)
    const made = client()
    await send(made, one.origin).done()
    await send(made, other.origin).done()
    expect([one.peers.length, other.peers.length]).toEqual([1, 1])
  })
})

describe("a connection is not used again", () => {
  const answers: [string, string][] = [
    ["that said Connection: close", `${OK}Connection: close\r\nContent-Length: 5\r\n\r\nhello`],
    ["of HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello"],
    ["followed by bytes nobody asked for", `${HELLO}HTTP/1.1 200 OK\r\n\r\n`],
  ]
  for (const [what, wire] of answers) {
    test(`after an answer ${what}`, async () => {
      const upstream = answering(wire)
      const made = client()
      for (let i = 0; i < 2; i++) {
        const sent = send(made, upstream.origin)
        expect(await sent.done()).toEqual(["head 200", "data", "end"])
        await (await upstream.peer(i)).closed()
      }
      expect(upstream.peers).toHaveLength(2)
    })
  }

  test("when bytes come while it idles", async () => {
    const upstream = answering(HELLO)
    const made = client()
    await send(made, upstream.origin).done()
    const peer = await upstream.peer(0)
    peer.send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")
    await peer.closed()
    const sent = send(made, upstream.origin)
    await sent.done()
    expect(sent.head?.status).toBe(200)
  })

  test("beyond the number that may idle, nor longer than it may idle, nor after close", async () => {
    const upstream = answering(HELLO)
    const made = client({ idlePerOrigin: 1, idleTimeout: 1 })
    await Promise.all([send(made, upstream.origin).done(), send(made, upstream.origin).done()])
    await Promise.all(upstream.peers.map((peer) => peer.closed()))
    const other = client()
    await send(other, upstream.origin).done()
    other.close()
    await (await upstream.peer(2)).closed()
    const late = send(other, upstream.origin)
    expect(await late.done()).toEqual(["head 200", "data", "end"])
    await (await upstream.peer(3)).closed()
  })
})

/** Answers the first request of its first connection, and ends that at its second request. */
function stale(isReset: boolean): Upstream {
  let count = 0
  return new Upstream((peer, text) => {
    if (!text.includes("HTTP/1.1")) return
    count += 1
    if (count !== 2) peer.send(HELLO)
    else if (isReset) peer.reset()
    else peer.end()
  })
}

describe("a kept connection that turns out to be closed", () => {
  for (const isReset of [true, false]) {
    const how = isReset ? "by a reset" : "in order"
    test(`${how} is replaced when the request may be sent again`, async () => {
      const upstream = stale(isReset)
      const made = client()
      await send(made, upstream.origin).done()
      expect(await send(made, upstream.origin, { replayable: true }).done()).toEqual(["head 200", "data", "end"])
      expect(upstream.peers).toHaveLength(2)
    })

    test(`${how} is a fault when the request may not be sent again`, async () => {
      const upstream = stale(isReset)
      const made = client()
      await send(made, upstream.origin).done()
      expect(await send(made, upstream.origin, { replayable: false }).done()).toEqual(["reset"])
    })
  }

  test("is a fault when body bytes were given", async () => {
    const upstream = stale(true)
    const made = client()
    await send(made, upstream.origin).done()
    const sent = send(made, upstream.origin, { replayable: true, framing: { kind: "sized", length: 4 } })
    sent.exchange.write(Buffer.from("body"))
    expect(await sent.done()).toEqual(["reset"])
  })

  test("is replaced with the end of an empty chunked body given again", async () => {
    const upstream = stale(false)
    const made = client()
    await send(made, upstream.origin).done()
    const sent = send(made, upstream.origin, { replayable: true, framing: { kind: "chunked" } })
    sent.exchange.endBody()
    await sent.done()
    const peer = await upstream.peer(1)
    await peer.sees("0\r\n\r\n")
    expect(peer.received).toEndWith("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
  })

  test("is replaced once only, and a fresh connection never", async () => {
    let count = 0
    const upstream = new Upstream((peer) => {
      count += 1
      if (count === 1) peer.send(HELLO)
      else peer.end()
    })
    const made = client()
    await send(made, upstream.origin).done()
    expect(await send(made, upstream.origin, { replayable: true }).done()).toEqual(["reset"])
    expect(upstream.peers).toHaveLength(2)
    expect(await send(made, upstream.origin, { replayable: true }).done()).toEqual(["reset"])
    expect(upstream.peers).toHaveLength(3)
  })

  test("after a first byte of the answer is a cut and not sent again", async () => {
    let count = 0
    const upstream = new Upstream((peer) => {
      count += 1
      if (count === 1) peer.send(HELLO)
      else peer.send("HTTP/1.1 2").end()
    })
    const made = client()
    await send(made, upstream.origin).done()
    expect(await send(made, upstream.origin, { replayable: true }).done()).toEqual(["cut"])
    expect(upstream.peers).toHaveLength(1)
  })
})
