import { afterEach, describe, expect, test } from "bun:test"
import fc from "fast-check"
import { Client, echo, exchange, hello, OK, Recorder, start, stopAll } from "./serve.fixture.ts"

afterEach(stopAll)

const HELLO = `${OK}Content-Length: 5\r\n\r\nhello`
const CLOSING_HELLO = `${OK}Content-Length: 5\r\nConnection: close\r\n\r\nhello`

describe("a connection", () => {
  test("serves one request after the other", async () => {
    const { server } = start(hello)
    const client = await Client.open(server)
    client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n")
    await client.sees(HELLO)
    client.send("GET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    expect(await client.end()).toBe(HELLO + CLOSING_HELLO)
    expect(client.ended).toBe("fin")
  })

  test("closes after an HTTP/1.0 request, unless that asks to keep it", async () => {
    const { server } = start(hello)
    expect(await exchange(server, "GET / HTTP/1.0\r\n\r\n")).toBe(CLOSING_HELLO)
    const kept = `${OK}Content-Length: 5\r\nConnection: keep-alive\r\n\r\nhello`
    const both = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n"
    expect(await exchange(server, both)).toBe(kept + CLOSING_HELLO)
  })

  test("answers a client that ends its side right after its requests", async () => {
    const { server } = start((it) => {
      setTimeout(() => it.reply(200, OK, "late"), 50)
      return new Recorder()
    })
    const client = await Client.open(server)
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n").socket.end()
    const late = `${OK}Content-Length: 4\r\n\r\nlate`
    expect(await client.end()).toBe(late + late)
    expect(client.ended).toBe("fin")
  })

  test("is closed silently when it idles", async () => {
    const { server, faults } = start(hello, { limits: { idleTimeout: 50 } })
    const fresh = await Client.open(server)
    const used = await Client.open(server)
    used.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n\r\n")
    expect(await fresh.end()).toBe("")
    expect(await used.end()).toBe(HELLO)
    expect([fresh.ended, used.ended]).toEqual(["fin", "fin"])
    expect(faults).toEqual([])
  })

  test("tells an IPv4 address as such, also where IPv6 is listened on", async () => {
    const address = (it: Parameters<typeof hello>[0]) => {
      it.reply(200, OK, `<${it.remoteAddress}>`)
      return new Recorder()
    }
    const { server } = start(address, { hostname: "::" })
    const client = await Client.open(server)
    await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").sees("<127.0.0.1>")
    const six = await Client.open(server, "::1")
    await six.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").sees("<::1>")
  })

  test("can be shared out between two listeners on one port, only when both ask for it", () => {
    const { server } = start(hello, { reusePort: true })
    expect(start(hello, { reusePort: true, port: server.port }).server.port).toBe(server.port)
    expect(() => start(hello, { port: server.port })).toThrow()
  })
})

interface Sent {
  readonly kind: "none" | "sized" | "chunked"
  readonly chunks: string[]
}
const body = fc.string({ unit: fc.constantFrom("a", "b", "\r", "\n", "0", "\xff"), minLength: 1, maxLength: 40 })
const sent: fc.Arbitrary<Sent> = fc.record({
  kind: fc.constantFrom("none", "sized", "chunked"),
  chunks: fc.array(body, { maxLength: 4 }),
})

function wire({ kind, chunks }: Sent, at: number): string {
  const start = `POST /${at} HTTP/1.1\r\nHost: a\r\n`
  const whole = chunks.join("")
  switch (kind) {
    case "none":
      return `${start}\r\n`
    case "sized":
      return `${start}Content-Length: ${whole.length}\r\n\r\n${whole}`
    case "chunked": {
      const framed = chunks.map((chunk) => `${chunk.length.toString(16)};x=y\r\n${chunk}\r\n`)
      return `${start}Transfer-Encoding: chunked\r\n\r\n${framed.join("")}0\r\nTrailer: x\r\n\r\n`
    }
  }
}

function expected({ kind, chunks }: Sent, at: number): string {
  const text = `POST /${at} [${kind === "none" ? "" : chunks.join("")}]`
  return `${OK}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${Buffer.from(text).toString("latin1")}`
}

/** Sends the text cut at those places, each part as a segment of its own. */
async function sendInParts(client: Client, text: string, cuts: number[]): Promise<void> {
  const places = [...cuts.map((cut) => cut % text.length), text.length].sort((a, b) => a - b)
  let from = 0
  for (const to of places) {
    if (to > from) client.send(text.slice(from, to))
    from = to
    await Bun.sleep(0)
  }
}

describe("pipelined requests", () => {
  test("are answered in order, however their bytes are split", async () => {
    const { server, errors } = start(echo)
    const requests = fc.array(sent, { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(requests, fc.array(fc.nat(), { maxLength: 8 }), async (list, cuts) => {
        const client = await Client.open(server)
        const text = `${list.map(wire).join("")}GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`
        await sendInParts(client, text, cuts)
        const last = `${OK}Content-Length: 12\r\nConnection: close\r\n\r\nGET /last []`
        expect(await client.end()).toBe(list.map(expected).join("") + last)
      }),
      { numRuns: 150 },
    )
    expect(errors).toEqual([])
  })

  test("that come byte by byte are answered all the same", async () => {
    const { server } = start(echo)
    const client = await Client.open(server)
    const list: Sent[] = [
      { kind: "chunked", chunks: ["abc", "de"] },
      { kind: "sized", chunks: ["xyz"] },
    ]
    const text = list.map(wire).join("")
    await sendInParts(
      client,
      text,
      Array.from(text, (_, at) => at),
    )
    await client.sees(expected({ kind: "sized", chunks: ["xyz"] }, 1))
    expect(client.text).toBe(list.map(expected).join(""))
  })

  test("wait for the answer before them", async () => {
    const open: string[] = []
    const { server } = start((it) => {
      open.push(it.head.path)
      setTimeout(() => {
        it.reply(200, OK, `${it.head.path} of ${open.length};`)
      }, 5)
      return new Recorder()
    })
    const client = await Client.open(server)
    client.send(
      "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\n\r\n",
    )
    const text = await client.sees("/3 of 3;")
    expect(text).toContain("/1 of 1;")
    expect(text).toContain("/2 of 2;")
  })

  test("by the hundred in one write are all answered", async () => {
    const { server } = start(hello)
    const client = await Client.open(server)
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(5000))
    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    expect(await client.end()).toBe(HELLO.repeat(5000) + CLOSING_HELLO)
  })
})
