import { afterEach, describe, expect, test } from "bun:test"
import { UPSTREAM_FAULTS } from "../src/http/fault.ts"
import { Backend, type BackendOptions, stopBackends } from "./backend.fixture.ts"
import { deafPort } from "./deaf.fixture.ts"
import { statusOf } from "./message.fixture.ts"
import { closeRawClients, RawClient } from "./raw.fixture.ts"
import { expectRefusal } from "./refusal.fixture.ts"
import { gatewayTo, stopGateways } from "./service.fixture.ts"
import { selfSigned } from "./tls.fixture.ts"

const TIMEOUTS = "timeouts: { connect: 200ms, answer: 200ms, stall: 200ms }"

afterEach(async () => {
  closeRawClients()
  expect(await stopGateways()).toEqual([])
  stopBackends()
})

interface FaultRow {
  readonly name: string
  readonly cause: string
  readonly status: number
  /** The address of an upstream that fails so. */
  readonly upstream: () => string | Promise<string>
}

const at = (options: BackendOptions) => (): string => new Backend(options).url
const saying = (text: string): (() => string) => at({ onBytes: (peer) => peer.send(text) })
const malformed = (name: string, text: string): FaultRow => ({
  name,
  cause: "upstream/malformed",
  status: 502,
  upstream: saying(text),
})
const secure = (options: BackendOptions): string => new Backend(options).url.replace("http:", "https:")

function freedPort(): string {
  const backend = new Backend()
  const { url } = backend
  backend.stop()
  return url
}

const OK = "HTTP/1.1 200 OK\r\n"

const ROWS: readonly FaultRow[] = [
  { name: "refuses connections", cause: "upstream/unreachable", status: 502, upstream: freedPort },
  {
    name: "resets the connection before an answer",
    cause: "upstream/reset",
    status: 502,
    upstream: at({ onBytes: (peer) => peer.reset() }),
  },
  {
    name: "ends the connection before an answer",
    cause: "upstream/reset",
    status: 502,
    upstream: at({ onBytes: (peer) => peer.end() }),
  },
  {
    name: "does not answer in time",
    cause: "upstream/timeout",
    status: 504,
    upstream: at({ onBytes: () => undefined }),
  },
  {
    name: "says that it goes on and then does not answer in time",
    cause: "upstream/timeout",
    status: 504,
    upstream: saying("HTTP/1.1 102 Processing\r\n\r\n"),
  },
  { name: "stops inside its head", cause: "upstream/stalled", status: 504, upstream: saying(`${OK}Content-`) },
  {
    name: "ends inside its head",
    cause: "upstream/cut",
    status: 502,
    upstream: at({ onBytes: (peer) => peer.send(`${OK}Content-`).end() }),
  },
  malformed("speaks another protocol", "SSH-2.0-OpenSSH_9.6\r\n"),
  malformed("sends bytes that are no text", "\x00\x01\x02\xff"),
  malformed("speaks another version", "HTTP/2.0 200 OK\r\n\r\n"),
  malformed("sends a status that is none", "HTTP/1.1 20 OK\r\n\r\n"),
  malformed("gives two lengths", `${OK}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`),
  malformed("gives a length and a coding", `${OK}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`),
  malformed("gives a length that is none", `${OK}Content-Length: five\r\n\r\n`),
  malformed("gives a coding nobody asked for", `${OK}Transfer-Encoding: gzip, chunked\r\n\r\n`),
  malformed("switches protocols unasked", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n"),
  malformed("splits its head with a bare line feed", `${OK}X: a\nSet-Cookie: b\r\nContent-Length: 0\r\n\r\n`),
  {
    name: "has a certificate nobody trusts",
    cause: "upstream/tls",
    status: 502,
    upstream: () => secure({ tls: selfSigned() }),
  },
  {
    name: "does not speak TLS where it should",
    cause: "upstream/tls",
    status: 502,
    upstream: () => secure({ onBytes: (peer) => peer.send("HTTP/1.1 400 Bad Request\r\n\r\n") }),
  },
]

describe("an upstream is told apart, and the request refused with its cause, when it", () => {
  for (const { name, cause, status, upstream } of ROWS) {
    test(name, async () => {
      const gateway = gatewayTo(await upstream(), { top: TIMEOUTS })
      const client = await RawClient.open(gateway.port)
      client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
      const answer = await client.answer()
      const record = expectRefusal(gateway, answer, { status, cause })
      expect(record.frame.phase).toBe("upstream")
      expect(record.upstreamStatus).toBeUndefined()
      // The caller did nothing wrong, so its connection is left to it.
      client.send("GET /.well-known/pinpoint/causes/none HTTP/1.1\r\nHost: a\r\n\r\n")
      expect(statusOf(await client.answer(answer.end))).toBe(404)
    })
  }

  test("takes no connection in time", async () => {
    const deaf = await deafPort()
    try {
      const gateway = gatewayTo(deaf.url, { top: TIMEOUTS })
      const client = await RawClient.open(gateway.port)
      client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
      expectRefusal(gateway, await client.answer(), { status: 504, cause: "upstream/connect-timeout" })
    } finally {
      await deaf.stop()
    }
  })

  test("fails while the request's body is still on its way", async () => {
    const gateway = gatewayTo(new Backend({ onBytes: (peer) => peer.reset() }).url)
    const client = await RawClient.open(gateway.port)
    client.send("PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nbegun")
    expectRefusal(gateway, await client.answer(), { status: 502, cause: "upstream/reset" })
  })
})

test("every fault of an upstream is among the rows above", () => {
  const covered = new Set([...ROWS.map(({ cause }) => cause), "upstream/connect-timeout"])
  expect(UPSTREAM_FAULTS.filter((code) => !covered.has(`upstream/${code}`))).toEqual([])
})
