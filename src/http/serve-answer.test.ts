import { afterEach, describe, expect, test } from "bun:test"
import { Client, exchange, OK, Recorder, start, stopAll } from "./serve.fixture.ts"
import type { ServerExchange } from "./server.ts"

afterEach(stopAll)

const LAST = "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
const bytes = (text: string): Uint8Array => Buffer.from(text, "latin1")

/** What a server sends for `method /` when it answers so, up to the answer to a second request. */
async function answer(method: string, version: string, give: (it: ServerExchange) => void): Promise<string> {
  const { server, errors } = start((it) => {
    if (it.head.path === "/last") it.reply(200, OK, "last")
    else give(it)
    return new Recorder()
  })
  const text = await exchange(server, `${method} / HTTP/${version}\r\nHost: a\r\n\r\n${LAST}`)
  expect(errors).toEqual([])
  return text.split("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nlast")[0] ?? ""
}

function inChunks(it: ServerExchange): void {
  it.begin(200, OK, { kind: "chunked" })
  it.write(bytes("one"))
  it.write(bytes(""))
  it.write(bytes("0123456789abcdef"))
  it.end()
}

describe("an answer", () => {
  test("of known length declares it", async () => {
    const text = await answer("GET", "1.1", (it) => {
      it.begin(200, `${OK}X: y\r\n`, { kind: "sized", length: 6 })
      it.write(bytes("one"))
      it.write(bytes("two"))
      it.end()
    })
    expect(text).toBe(`${OK}X: y\r\nContent-Length: 6\r\n\r\nonetwo`)
  })

  test("of unknown length is chunked, and an empty write does not end it", async () => {
    const text = await answer("GET", "1.1", inChunks)
    const chunks = "3\r\none\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n"
    expect(text).toBe(`${OK}Transfer-Encoding: chunked\r\n\r\n${chunks}`)
  })

  test("of unknown length ends with the connection for HTTP/1.0", async () => {
    const text = await answer("GET", "1.0", inChunks)
    expect(text).toBe(`${OK}Connection: close\r\n\r\none0123456789abcdef`)
  })

  test("to HEAD has the fields of the one to GET and no body", async () => {
    expect(await answer("HEAD", "1.1", inChunks)).toBe(`${OK}Transfer-Encoding: chunked\r\n\r\n`)
    expect(await answer("HEAD", "1.1", (it) => it.reply(200, OK, "body"))).toBe(`${OK}Content-Length: 4\r\n\r\n`)
    const unknown = await answer("HEAD", "1.1", (it) => {
      it.begin(200, OK, { kind: "none" })
      it.end()
    })
    expect(unknown).toBe(`${OK}\r\n`)
  })

  test("without a body says so, except where its status does", async () => {
    const none = (status: number) => (it: ServerExchange) => {
      it.begin(status, `HTTP/1.1 ${status} X\r\n`, { kind: "none" })
      it.end()
    }
    expect(await answer("GET", "1.1", none(200))).toBe("HTTP/1.1 200 X\r\nContent-Length: 0\r\n\r\n")
    expect(await answer("GET", "1.1", none(204))).toBe("HTTP/1.1 204 X\r\n\r\n")
    expect(await answer("GET", "1.1", none(304))).toBe("HTTP/1.1 304 X\r\n\r\n")
    const sized = await answer("GET", "1.1", (it) => it.reply(304, "HTTP/1.1 304 X\r\n", "gone"))
    expect(sized).toBe("HTTP/1.1 304 X\r\nContent-Length: 4\r\n\r\n")
    expect(await answer("GET", "1.1", (it) => it.reply(204, "HTTP/1.1 204 X\r\n", ""))).toBe("HTTP/1.1 204 X\r\n\r\n")
  })

  test("sends its fields in latin1 and a replied body in UTF-8", async () => {
    const text = await answer("GET", "1.1", (it) => it.reply(200, `${OK}X: \xe9\r\n`, "é€"))
    expect(text).toBe(`${OK}X: \xe9\r\nContent-Length: 5\r\n\r\n${Buffer.from("é€").toString("latin1")}`)
  })

  test("larger than any buffer arrives whole, replied or written", async () => {
    const large = Buffer.alloc(300_000, "0123456789").toString("latin1")
    const replied = await answer("GET", "1.1", (it) => it.reply(200, `${OK}X: ${large}\r\n`, large))
    expect(replied).toBe(`${OK}X: ${large}\r\nContent-Length: 300000\r\n\r\n${large}`)
    const written = await answer("GET", "1.1", (it) => {
      const mine = bytes(large)
      it.begin(200, OK, { kind: "chunked" })
      it.write(mine)
      // The buffer is its owner's again.
      mine.fill(0)
      it.end()
    })
    expect(written).toBe(`${OK}Transfer-Encoding: chunked\r\n\r\n493e0\r\n${large}\r\n0\r\n\r\n`)
  })

  test("begun is sent before its body is known", async () => {
    const { server } = start((it) => {
      it.begin(200, OK, { kind: "chunked" })
      return new Recorder()
    })
    const client = await Client.open(server)
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    await client.sees("Transfer-Encoding: chunked\r\n\r\n")
  })

  test("may be preceded by interim ones, which HTTP/1.0 is not sent", async () => {
    const give = (it: ServerExchange): void => {
      it.interim("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n")
      it.reply(200, OK, "x")
    }
    const early = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    expect(await answer("GET", "1.1", give)).toBe(`${early}${OK}Content-Length: 1\r\n\r\nx`)
    expect(await answer("GET", "1.0", give)).toBe(`${OK}Content-Length: 1\r\nConnection: close\r\n\r\nx`)
  })

  test("does nothing any more once it is over", async () => {
    const text = await answer("GET", "1.1", (it) => {
      it.reply(200, OK, "x")
      it.reply(200, OK, "y")
      it.begin(200, OK, { kind: "chunked" })
      it.interim("HTTP/1.1 103 Early Hints\r\n")
      expect(it.write(bytes("y"))).toBe(false)
      it.readBody()
      it.pauseBody()
      it.end()
      it.cut()
    })
    expect(text).toBe(`${OK}Content-Length: 1\r\n\r\nx`)
  })
})

describe("an answer given wrongly resets the connection and is reported:", () => {
  const wrongs: Record<string, (it: ServerExchange) => void> = {
    "more than its length": (it) => {
      it.begin(200, OK, { kind: "sized", length: 1 })
      it.write(bytes("ab"))
    },
    "less than its length": (it) => {
      it.begin(200, OK, { kind: "sized", length: 2 })
      it.write(bytes("a"))
      it.end()
    },
    "bytes where none were declared": (it) => {
      it.begin(200, OK, { kind: "none" })
      it.write(bytes("a"))
    },
    "two beginnings": (it) => {
      it.begin(200, OK, { kind: "chunked" })
      it.reply(200, OK, "")
    },
    "a write before its beginning": (it) => void it.write(bytes("a")),
    "an end before its beginning": (it) => it.end(),
    "a body asked for after its beginning": (it) => {
      it.begin(200, OK, { kind: "chunked" })
      it.readBody()
    },
    "an exception": () => {
      throw new Error("thrown")
    },
  }
  for (const [name, give] of Object.entries(wrongs)) {
    test(name, async () => {
      const { server, errors } = start((it) => {
        give(it)
        return new Recorder()
      })
      const client = await Client.open(server)
      await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").end()
      expect(client.ended).toBe("ECONNRESET")
      expect(errors).toHaveLength(1)
    })
  }
})
