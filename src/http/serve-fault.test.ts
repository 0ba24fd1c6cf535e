import { afterEach, describe, expect, test } from "bun:test"
import { REQUEST_FAULTS, type RequestFaultCode } from "./fault.ts"
import { Client, hello, start, stopAll } from "./serve.fixture.ts"

afterEach(stopAll)

const HOST = "Host: a\r\n"
/** A head for each fault that a head can have. */
const HEADS: Record<Exclude<RequestFaultCode, "chunk" | "slow-head" | "slow-body" | "cut">, string> = {
  "request-line": "GET\r\n\r\n",
  version: `GET / HTTP/2.0\r\n${HOST}\r\n`,
  target: `GET a HTTP/1.1\r\n${HOST}\r\n`,
  "path-encoding": `GET /%zz HTTP/1.1\r\n${HOST}\r\n`,
  "path-ambiguous": `GET /a/../b HTTP/1.1\r\n${HOST}\r\n`,
  "field-name": `GET / HTTP/1.1\r\n${HOST}A b: c\r\n\r\n`,
  "field-value": `GET / HTTP/1.1\r\n${HOST}A: b\x00c\r\n\r\n`,
  "field-folded": `GET / HTTP/1.1\r\n${HOST}A: b\r\n c\r\n\r\n`,
  "line-feed": `GET / HTTP/1.1\n${HOST}\r\n`,
  host: "GET / HTTP/1.1\r\n\r\n",
  "length-invalid": `POST / HTTP/1.1\r\n${HOST}Content-Length: -1\r\n\r\n`,
  "length-conflict": `POST / HTTP/1.1\r\n${HOST}Content-Length: 1\r\nContent-Length: 1\r\n\r\n`,
  "length-and-coding": `POST / HTTP/1.1\r\n${HOST}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
  coding: `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: gzip\r\n\r\n`,
  "head-too-large": `GET / HTTP/1.1\r\n${HOST}A: ${"a".repeat(20_000)}`,
  "target-too-long": `GET /${"a".repeat(9000)} HTTP/1.1\r\n${HOST}\r\n`,
}

describe("a head that cannot be read", () => {
  for (const [code, head] of Object.entries(HEADS)) {
    test(`is told as ${code}, answered, and ends the connection`, async () => {
      const { server, faults, errors } = start(hello)
      const client = await Client.open(server)
      client.send(`${head}GET /smuggled HTTP/1.1\r\n${HOST}\r\n`)
      const text = await client.end()
      expect(text).toBe(
        `HTTP/1.1 400 Bad Request\r\nContent-Length: ${code.length}\r\nConnection: close\r\n\r\n${code}`,
      )
      expect(client.ended).toBe("fin")
      expect(faults).toEqual([code])
      expect(errors).toEqual([])
    })
  }

  test("has every code but those of a body, of time and of an end", () => {
    expect([...Object.keys(HEADS), "chunk", "slow-head", "slow-body", "cut"].sort()).toEqual([...REQUEST_FAULTS].sort())
  })

  test("that came in time only in part is slow, however steadily it comes", async () => {
    const { server, faults } = start(hello, { limits: { headTimeout: 150 } })
    const client = await Client.open(server)
    client.send("GET / HTTP/1.1\r\nA: ")
    while (client.ended === undefined) {
      client.send("a")
      await Bun.sleep(10)
    }
    expect(client.text).toEndWith("slow-head")
    expect(faults).toEqual(["slow-head"])
  })

  test("does not take the heads of a client that always has the next one begun for one head that is slow", async () => {
    const { server, faults } = start(hello, { limits: { headTimeout: 200 } })
    const client = await Client.open(server)
    client.send("GET / HTTP/1.1\r\nHo")
    for (let i = 0; i < 15; i++) {
      await Bun.sleep(50)
      client.send("st: a\r\n\r\nGET / HTTP/1.1\r\nHo")
    }
    expect(faults).toEqual([])
    expect(client.text.split("HTTP/1.1 200").length - 1).toBeGreaterThan(12)
  })

  test("that the client ends early is cut", async () => {
    const { server, faults } = start(hello)
    const client = await Client.open(server)
    client.send("GET / HTTP/1.1\r\nA: ").socket.end()
    expect(await client.end()).toEndWith("cut")
    expect(faults).toEqual(["cut"])
  })

  test("tells what could be made out, and gets no body for HEAD", async () => {
    const made: unknown[] = []
    const { server } = start(hello, {
      onFault: (fault, exchange) => {
        made.push(exchange.method, exchange.path, exchange.remoteAddress)
        exchange.reply(400, "HTTP/1.1 400 Bad Request\r\n", fault.code)
        exchange.reply(400, "HTTP/1.1 400 Bad Request\r\n", "again")
        exchange.cut()
      },
    })
    const client = await Client.open(server)
    client.send("HEAD /x HTTP/1.1\r\n\r\n")
    expect(await client.end()).toBe("HTTP/1.1 400 Bad Request\r\nContent-Length: 4\r\nConnection: close\r\n\r\n")
    expect(made).toEqual(["HEAD", "/x", "127.0.0.1"])
  })

  test("may be answered later, and what comes meanwhile is not kept", async () => {
    const { server } = start(hello, {
      onFault: (_, exchange) => setTimeout(() => exchange.reply(400, "HTTP/1.1 400 Bad Request\r\n", "later"), 50),
    })
    const client = await Client.open(server)
    client.send("GET\r\n\r\n")
    for (let i = 0; i < 20; i++) client.send(Buffer.alloc(10_000, "x"))
    expect(await client.end()).toEndWith("later")
  })

  test("may be cut instead", async () => {
    const { server } = start(hello, { onFault: (_, exchange) => exchange.cut() })
    const client = await Client.open(server)
    expect(await client.send("GET\r\n\r\n").end()).toBe("")
    expect(client.ended).toBe("ECONNRESET")
  })

  test("handled by code that throws resets the connection and is reported", async () => {
    const { server, errors } = start(hello, {
      limits: { headTimeout: 50 },
      onFault: (fault) => {
        throw new Error(fault.code)
      },
    })
    for (const head of ["GET\r\n\r\n", "GET / HT"]) {
      const client = await Client.open(server)
      await client.send(head).end()
      expect(client.ended).toBe("ECONNRESET")
    }
    expect(errors.map(String)).toEqual(["Error: request-line", "Error: slow-head"])
  })

  test("after requests in order does not keep those from being answered", async () => {
    const { server } = start(hello)
    const client = await Client.open(server)
    client.send(`GET / HTTP/1.1\r\n${HOST}\r\n\r\n\r\nGET / HTTP/1.1\r\n${HOST}\r\nGET\r\n\r\n`)
    const text = await client.end()
    expect(text.split("hello")).toHaveLength(3)
    expect(text).toEndWith("request-line")
  })
})
