import { afterEach, describe, expect, test } from "bun:test"
import { Client, hello, OK, Recorder, start, stopAll, until } from "./serve.fixture.ts"
import type { ServerExchange } from "./server.ts"

afterEach(stopAll)

const GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
const PART = Buffer.from("part")

/** Starts a server whose only exchange and recorder are told to `use`. */
function hold(use: (it: ServerExchange, recorder: Recorder) => void) {
  return start((it) => {
    const recorder = new Recorder()
    use(it, recorder)
    return recorder
  })
}

describe("an answer that is cut", () => {
  const beginnings: Record<string, (it: ServerExchange) => void> = {
    "before it began": () => undefined,
    "inside a sized body": (it) => it.begin(200, OK, { kind: "sized", length: 9 }),
    "inside a chunked body": (it) => it.begin(200, OK, { kind: "chunked" }),
  }
  for (const [name, begin] of Object.entries(beginnings)) {
    test(`${name} is a reset to the client, and no abort to the handler`, async () => {
      let events: string[] = []
      const { server, errors } = hold((it, recorder) => {
        events = recorder.events
        begin(it)
        setTimeout(() => it.cut(), 10)
      })
      const client = await Client.open(server)
      await client.send(GET).end()
      expect(client.ended).toBe("ECONNRESET")
      expect(events).toEqual([])
      expect(errors).toEqual([])
    })
  }

  test("cannot be taken for whole by HTTP/1.0, even when all of it was read before", async () => {
    let cut = (): void => undefined
    const { server } = hold((it) => {
      it.begin(200, OK, { kind: "chunked" })
      it.write(PART)
      cut = () => it.cut()
    })
    const client = await Client.open(server)
    await client.send("GET / HTTP/1.0\r\n\r\n").sees("part")
    cut()
    await client.end()
    expect(client.ended).toBe("ECONNRESET")
  })

  test("in the call that announced its request is not followed by the next one", async () => {
    let count = 0
    const { server, errors } = hold((it) => {
      count += 1
      it.cut()
    })
    const client = await Client.open(server)
    await client.send(GET + GET).end()
    expect([client.ended, count]).toEqual(["ECONNRESET", 1])
    expect(errors).toEqual([])
  })
})

describe("a client that goes away", () => {
  async function aborted(leave: (client: Client) => unknown, exception?: Error) {
    let seen: string[] = []
    const { server, errors } = hold((it, recorder) => {
      seen = recorder.events
      it.begin(200, OK, { kind: "chunked" })
      recorder.onEvent = () => {
        it.write(PART)
        it.end()
        it.cut()
        if (exception !== undefined) throw exception
      }
    })
    const client = await Client.open(server)
    await client.send(GET).sees("\r\n\r\n")
    await leave(client)
    await until(() => server.connections === 0)
    return { seen, errors }
  }

  test("with a reset aborts its exchange once", async () => {
    expect(await aborted((client) => client.socket.resetAndDestroy())).toEqual({ seen: ["abort"], errors: [] })
  })

  test("with an end, some time after its request, aborts it too", async () => {
    const leave = async (client: Client): Promise<void> => {
      await Bun.sleep(1500)
      client.socket.destroy()
    }
    expect(await aborted(leave)).toEqual({ seen: ["abort"], errors: [] })
  })

  test("is no error, but what its handler then throws is", async () => {
    const oops = new Error("oops")
    expect(await aborted((client) => client.socket.resetAndDestroy(), oops)).toEqual({
      seen: ["abort"],
      errors: [oops],
    })
  })

  test("before it was accepted harms nobody", async () => {
    const { server, errors } = start(hello)
    for (let i = 0; i < 50; i++) {
      const client = await Client.open(server)
      client.socket.resetAndDestroy()
    }
    await (await Client.open(server)).send(GET).sees("hello")
    await until(() => server.connections === 1)
    expect(errors).toEqual([])
  })
})

describe("a handler that throws", () => {
  for (const when of ["body", "end", "chunk", "slow-body"]) {
    test(`at ${when} is reported, and its connection reset`, async () => {
      const events: string[] = []
      const { server, errors } = start(
        (it) => {
          const recorder = new Recorder()
          recorder.onEvent = (event) => {
            events.push(event)
            if (event === when) throw new Error(event)
          }
          it.readBody()
          return recorder
        },
        { limits: { bodyTimeout: 50 } },
      )
      const body = { body: "1\r\na\r\n", end: "0\r\n\r\n", chunk: "zz", "slow-body": "" }[when] ?? ""
      const client = await Client.open(server)
      await client.send(`POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${body}`).end()
      expect(client.ended).toBe("ECONNRESET")
      expect(errors.map(String)).toEqual([`Error: ${when}`])
      expect(events).toEqual([when, "abort"])
    })
  }
})

describe("a stopped server", () => {
  test("closes idle connections, accepts none, and is done", async () => {
    const { server } = start(hello)
    const fresh = await Client.open(server)
    const used = await Client.open(server)
    await used.send(GET).sees("hello")
    const stopping = server.stop(60_000)
    expect(server.stop(60_000)).toBe(stopping)
    await stopping
    await Promise.all([fresh.end(), used.end()])
    expect([fresh.ended, used.ended, server.connections]).toEqual(["fin", "fin", 0])
    const refused = await fetch(`http://127.0.0.1:${server.port}/`).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Error)
  })

  test("lets exchanges finish and says that their connections close", async () => {
    const open: ServerExchange[] = []
    const { server } = hold((it) => open.push(it))
    const waiting = await Client.open(server)
    const begun = await Client.open(server)
    waiting.send(GET)
    begun.send(GET)
    await until(() => open.length === 2)
    open[1]?.begin(200, OK, { kind: "sized", length: 4 })
    await begun.sees("\r\n\r\n")
    const stopping = server.stop(60_000)
    open[0]?.reply(200, OK, "one")
    open[1]?.write(Buffer.from("done"))
    open[1]?.end()
    expect(await waiting.end()).toBe(`${OK}Content-Length: 3\r\nConnection: close\r\n\r\none`)
    expect(await begun.end()).toEndWith("done")
    for (const client of [waiting, begun]) {
      expect(client.ended).toBe("fin")
      client.socket.end()
    }
    await stopping
  })

  test("answers a head that had begun to arrive", async () => {
    const { server } = start(hello)
    const client = await Client.open(server)
    client.send(`${GET}GET / HT`)
    await client.sees("hello")
    const stopping = server.stop(60_000)
    client.send("TP/1.1\r\nHost: a\r\n\r\n")
    expect(await client.end()).toEndWith("Connection: close\r\n\r\nhello")
    client.socket.end()
    await stopping
  })

  test("resets what is left after its grace", async () => {
    let events: string[] = []
    const { server } = hold((_, recorder) => {
      events = recorder.events
    })
    const client = await Client.open(server)
    client.send(GET)
    await until(() => !client.socket.pending && server.connections === 1)
    await Bun.sleep(20)
    await server.stop(50)
    await client.end()
    expect([client.ended, server.connections]).toEqual(["ECONNRESET", 0])
    expect(events).toEqual(["abort"])
  })
})
