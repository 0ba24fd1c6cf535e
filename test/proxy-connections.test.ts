import { afterEach, describe, expect, test } from "bun:test"
import { answerWith, Backend, stopBackends, until } from "./backend.fixture.ts"
import { allOf, firstOf, statusOf } from "./message.fixture.ts"
import { closeRawClients, RawClient } from "./raw.fixture.ts"
import { gatewayTo, stopGateways } from "./service.fixture.ts"

afterEach(async () => {
  closeRawClients()
  expect(await stopGateways()).toEqual([])
  stopBackends()
})

const get = (path: string, fields = ""): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n${fields}\r\n`

describe("connections", () => {
  test("are used again on both sides", async () => {
    const backend = new Backend()
    const gateway = gatewayTo(backend.url)
    for (let i = 0; i < 3; i++) {
      const client = await RawClient.open(gateway.port)
      let at = 0
      for (let j = 0; j < 5; j++) at = (await client.send(get(`/${i}/${j}`)).answer(at)).end
      expect(client.ended).toBeUndefined()
    }
    expect(backend.requests.length).toBe(15)
    expect(backend.peers.length).toBe(1)
  })

  test("to an upstream are opened as requests come at once, and kept for those that follow", async () => {
    const backend = new Backend({
      onRequest: ({ target }, peer) => {
        if (backend.requests.length % 4 === 0) for (const it of backend.peers) it.send(answerWith(target))
        else expect(peer.isClosed).toBe(false)
      },
    })
    const gateway = gatewayTo(backend.url)
    const clients = await Promise.all([1, 2, 3, 4].map(() => RawClient.open(gateway.port)))
    const ends = await Promise.all(clients.map(async (it) => (await it.send(get("/a")).answer()).end))
    await Promise.all(clients.map((it, i) => it.send(get("/b")).answer(ends[i])))
    expect(backend.peers.length).toBe(4)
  })

  test("that an upstream closed meanwhile are replaced, and no caller notices", async () => {
    const backend = new Backend()
    const gateway = gatewayTo(backend.url)
    const client = await RawClient.open(gateway.port)
    const { end } = await client.send(get("/a")).answer()
    const first = await backend.peer()
    first.end()
    await until(() => first.isClosed)
    expect(statusOf(await client.send(get("/b")).answer(end))).toBe(200)
    expect(backend.peers.length).toBe(2)
  })

  test("end when either side asks for it, and only on that side", async () => {
    const backend = new Backend({
      onRequest: ({ target }, peer) => peer.send(answerWith("", "GET", target === "/b" ? "Connection: close\r\n" : "")),
    })
    const gateway = gatewayTo(backend.url)
    const leaving = await RawClient.open(gateway.port)
    leaving.send(get("/a", "Connection: close\r\n"))
    expect(firstOf((await leaving.answer()).fields, "connection")).toBe("close")
    await leaving.end()
    const staying = await RawClient.open(gateway.port)
    const answer = await staying.send(get("/b")).answer()
    expect(firstOf(answer.fields, "connection")).toBeUndefined()
    expect(statusOf(await staying.send(get("/c")).answer(answer.end))).toBe(200)
    expect(backend.peers.length).toBe(2)
  })

  test("carry pipelined requests, answered in their order", async () => {
    const backend = new Backend({ onRequest: ({ target }, peer) => peer.send(answerWith(target)) })
    const gateway = gatewayTo(backend.url, { path: "/open/*" })
    const client = await RawClient.open(gateway.port)
    client.send([1, 2, 3, 4, 5].map((it) => get(it === 3 ? "/none" : `/open/${it}`)).join(""))
    const bodies: string[] = []
    for (let i = 0, at = 0; i < 5; i++) {
      const answer = await client.answer(at)
      at = answer.end
      bodies.push(statusOf(answer) === 200 ? answer.body.toString() : String(statusOf(answer)))
    }
    expect(bodies).toEqual(["/open/1", "/open/2", "404", "/open/4", "/open/5"])
  })

  test("of a client that goes away before its answer are ended at the upstream, too", async () => {
    const backend = new Backend({ onRequest: () => undefined })
    const gateway = gatewayTo(backend.url)
    const client = await RawClient.open(gateway.port)
    client.send(get("/a"))
    await until(() => backend.requests.length === 1)
    client.vanish()
    await until(() => backend.peers.every((peer) => peer.isClosed))
  })

  test("of a client that goes away inside its answer are ended at the upstream, too", async () => {
    const backend = new Backend({
      onRequest: (_, peer) => peer.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbegun"),
    })
    const gateway = gatewayTo(backend.url)
    const client = await RawClient.open(gateway.port)
    await client.send(get("/a")).sees("begun")
    client.vanish()
    await until(() => backend.peers.every((peer) => peer.isClosed))
  })
})

describe("an answer without a body", () => {
  test("to HEAD keeps the length that a GET would have", async () => {
    const backend = new Backend({ onRequest: ({ method }, peer) => peer.send(answerWith("12345", method)) })
    const gateway = gatewayTo(backend.url)
    const client = await RawClient.open(gateway.port)
    const head = await client.send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n").answer(0, true)
    expect([statusOf(head), firstOf(head.fields, "content-length")]).toEqual([200, "5"])
    expect((await client.send(get("/a")).answer(head.end)).body.toString()).toBe("12345")
    expect(backend.requests.map(({ method }) => method)).toEqual(["HEAD", "GET"])
  })

  test("to HEAD with its length told twice tells it once", async () => {
    const backend = new Backend({ onBytes: (peer) => peer.send("HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\n") })
    const gateway = gatewayTo(backend.url)
    const client = await RawClient.open(gateway.port)
    const head = await client.send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n").answer(0, true)
    expect(allOf(head.fields, "content-length")).toEqual(["5"])
  })

  for (const status of ["204 No Content", "304 Not Modified"]) {
    test(`such as ${status} has none, and the next answer begins where it ends`, async () => {
      const backend = new Backend({
        onRequest: ({ target }, peer) =>
          peer.send(target === "/a" ? `HTTP/1.1 ${status}\r\nETag: "1"\r\n\r\n` : answerWith("next")),
      })
      const gateway = gatewayTo(backend.url)
      const client = await RawClient.open(gateway.port)
      const first = await client.send(get("/a")).answer()
      expect([first.line, firstOf(first.fields, "etag")]).toEqual([`HTTP/1.1 ${status}`, '"1"'])
      expect(firstOf(first.fields, "transfer-encoding")).toBeUndefined()
      expect((await client.send(get("/b")).answer(first.end)).body.toString()).toBe("next")
    })
  }
})

describe("a client that asks first whether to send its body", () => {
  const ASKING = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n"

  test("is told to go on once it is permitted, and its body reaches the upstream", async () => {
    const backend = new Backend()
    const gateway = gatewayTo(backend.url)
    const client = await RawClient.open(gateway.port)
    await client.send(ASKING).sees("HTTP/1.1 100 Continue\r\n\r\n")
    const answer = await client.send("body").answer()
    expect([statusOf(answer), answer.body.toString()]).toEqual([200, "body"])
    expect(firstOf(backend.last.fields, "expect")).toBeUndefined()
  })

  test("is told once, even by an upstream that tells it again", async () => {
    const backend = new Backend({
      onRequest: ({ body }, peer) => peer.send("HTTP/1.1 100 Continue\r\n\r\n").send(answerWith(body)),
    })
    const gateway = gatewayTo(backend.url)
    const client = await RawClient.open(gateway.port)
    await client.send(ASKING).sees("HTTP/1.1 100 Continue\r\n\r\n")
    await client.send("body").answer()
    expect(client.text.split("100 Continue").length).toBe(2)
  })

  test("is refused without being told to send it", async () => {
    const backend = new Backend()
    const gateway = gatewayTo(backend.url, { service: "policies: [key-auth: {}]" })
    const client = await RawClient.open(gateway.port)
    expect(statusOf(await client.send(ASKING).answer())).toBe(401)
    expect(client.text).not.toContain("100 Continue")
    expect(backend.peers.length).toBe(0)
  })
})

describe("interim answers", () => {
  const HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nPinpoint-Cause: forged\r\n\r\n"

  test("such as early hints reach the client before the answer, without what only the gateway may say", async () => {
    const backend = new Backend({ onRequest: (_, peer) => peer.send(HINTS) })
    const gateway = gatewayTo(backend.url)
    const client = await RawClient.open(gateway.port)
    const text = await client.send(get("/a")).sees("rel=preload\r\n\r\n")
    expect(text).toBe("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n")
    const peer = await backend.peer()
    peer.send(answerWith("done"))
    expect((await client.answer()).body.toString()).toBe("done")
  })

  test("do not reach a client that speaks HTTP/1.0", async () => {
    const backend = new Backend({ onRequest: (_, peer) => peer.send(HINTS).send(answerWith("done")) })
    const gateway = gatewayTo(backend.url)
    const client = await RawClient.open(gateway.port)
    await client.send("GET /a HTTP/1.0\r\nHost: a\r\n\r\n").end()
    expect(client.text).toStartWith("HTTP/1.1 200 OK\r\n")
  })
})
