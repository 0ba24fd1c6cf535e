import { afterEach, describe, expect, test } from "bun:test"
import { answering, client, originAt, type Peer, send, stopAll, Upstream } from "./connect.fixture.ts"

afterEach(stopAll)

const OK = "HTTP/1.1 200 OK\r\n"

/** What a client is told by an upstream that does this at each request. */
async function told(onRequest: (peer: Peer) => void, limits: Parameters<typeof client>[0] = {}): Promise<string[]> {
  const upstream = new Upstream((peer, text) => {
    if (text.includes("HTTP/1.1")) onRequest(peer)
  })
  const sent = send(client(limits), upstream.origin)
  const events = await sent.done()
  expect(sent.fault?.seen).toMatch(/^[ -~]{1,80}$/)
  return events
}

/** A port that nothing listens on. */
function freePort(): number {
  const listener = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } })
  listener.stop(true)
  return listener.port
}

describe("an upstream is unreachable", () => {
  test("when it refuses the connection", async () => {
    const sent = send(client(), originAt(freePort()))
    expect(await sent.done()).toEqual(["unreachable"])
    expect(sent.fault?.seen).toBe("ECONNREFUSED")
  })

  test("when its name does not resolve", async () => {
    const sent = send(client(), originAt(80, false, "no-such-host.invalid"))
    expect(await sent.done()).toEqual(["unreachable"])
  })

  test("when its address is none, told only after send has returned", async () => {
    const sent = send(client(), originAt(80, false, ""))
    expect(sent.events).toEqual([])
    expect(await sent.done()).toEqual(["unreachable"])
  })
})

describe("an upstream that ends the connection", () => {
  test("before an answer began is a reset", async () => {
    expect(await told((peer) => peer.end())).toEqual(["reset"])
    expect(await told((peer) => peer.reset())).toEqual(["reset"])
    expect(await told((peer) => peer.send("HTTP/1.1 100 Continue\r\n\r\n").end())).toEqual(["100", "reset"])
  })

  test("inside an answer is a cut", async () => {
    expect(await told((peer) => peer.send("HTTP/1.1 200").end())).toEqual(["cut"])
    const sized = `${OK}Content-Length: 5\r\n\r\n`
    expect(await told((peer) => peer.send(sized).end())).toEqual(["head 200", "cut"])
    expect(await told((peer) => peer.send(`${sized}hell`).end())).toEqual(["head 200", "data", "cut"])
    const chunked = `${OK}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`
    expect(await told((peer) => peer.send(chunked).end())).toEqual(["head 200", "data", "cut"])
    expect(await told((peer) => peer.send(`${chunked}0\r\n`).end())).toEqual(["head 200", "data", "cut"])
  })

  test("with a reset inside an answer that ends with its connection is a cut", async () => {
    const upstream = answering(`${OK}\r\nhello`)
    const sent = send(client(), upstream.origin)
    await sent.sees("data")
    const peer = await upstream.peer(0)
    peer.reset()
    expect(await sent.done()).toEqual(["head 200", "data", "cut"])
  })
})

describe("an upstream that is silent", () => {
  test("before an answer is a timeout", async () => {
    expect(await told(() => undefined, { answerTimeout: 1 })).toEqual(["timeout"])
    const interim = "HTTP/1.1 102 Processing\r\n\r\n"
    expect(await told((peer) => peer.send(interim), { answerTimeout: 1 })).toEqual(["102", "timeout"])
  })

  test("inside an answer has stalled", async () => {
    expect(await told((peer) => peer.send("HTTP"), { stallTimeout: 1 })).toEqual(["stalled"])
    const part = `${OK}Content-Length: 5\r\n\r\nhell`
    expect(await told((peer) => peer.send(part), { stallTimeout: 1 })).toEqual(["head 200", "data", "stalled"])
  })

  test("inside an answer that is paused has not stalled", async () => {
    const upstream = answering(`${OK}Content-Length: 5\r\n\r\nhell`)
    const sent = send(client({ stallTimeout: 1 }), upstream.origin)
    sent.onEvent = (event) => {
      if (event === "data") sent.exchange.pause()
    }
    await sent.sees("data")
    await Bun.sleep(500)
    expect(sent.events).toEqual(["head 200", "data"])
    sent.exchange.resume()
    expect(await sent.done()).toEqual(["head 200", "data", "stalled"])
  })

  test("is not late while it waits for the caller's body", async () => {
    const upstream = new Upstream()
    const sent = send(client({ answerTimeout: 1 }), upstream.origin, { method: "POST", framing: { kind: "chunked" } })
    sent.exchange.write(Buffer.from("part"))
    await (await upstream.peer(0)).sees("part")
    await Bun.sleep(500)
    expect(sent.events).toEqual([])
    sent.exchange.endBody()
    expect(await sent.done()).toEqual(["timeout"])
  })
})

describe("an answer is malformed", () => {
  const wires: [string, string, string[]][] = [
    ["when it is not HTTP", "SSH-2.0-OpenSSH_9.2\r\n", []],
    ["when it is HTTP/2", "HTTP/2 200\r\n\r\n", []],
    ["when its framing contradicts itself", `${OK}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`, []],
    ["when its lengths differ", `${OK}Content-Length: 5\r\nContent-Length: 6\r\n\r\n`, []],
    ["when its coding is unknown", `${OK}Transfer-Encoding: gzip, chunked\r\n\r\n`, []],
    ["when its lines end in LF", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", []],
    ["when it switches protocols", "HTTP/1.1 101 Switching Protocols\r\n\r\n", []],
    ["when its head has no end", `${OK}X: ${"x".repeat(20_000)}`, []],
    ["when a chunk is none", `${OK}Transfer-Encoding: chunked\r\n\r\n5\r\nhelloX`, ["head 200", "data"]],
    ["when a chunk size is none", `${OK}Transfer-Encoding: chunked\r\n\r\nfive\r\n`, ["head 200"]],
  ]
  for (const [what, wire, before] of wires) {
    test(what, async () => {
      const [fault, ...events] = (await told((peer) => peer.send(wire))).reverse()
      expect(fault).toBe("malformed")
      expect(events.reverse()).toEqual(before)
    })
  }

  test("when its interim answers have no end", async () => {
    const events = await told((peer) => peer.send("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(1000)))
    expect(events.at(-1)).toBe("malformed")
  })
})
