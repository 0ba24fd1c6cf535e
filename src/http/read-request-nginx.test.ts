import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import fc from "fast-check"
import { mutated, requestWire } from "./heads.fixture.ts"
import { Nginx } from "./nginx.fixture.ts"
import { readRequestHead } from "./read-request.ts"

const LIMITS = { headBytes: 16 * 1024, targetBytes: 8 * 1024, fields: 100 }
const RUNS = 1500
/** Sockets open at a time. */
const AT_ONCE = 50

/** Whether it is a request to us, and if not, why. */
function ours(wire: Buffer): string {
  const result = readRequestHead(wire, 0, wire.length, LIMITS)
  return result.kind === "fault" ? result.fault.code : result.kind
}

/** The head that is read out of it here, with a sound body after it: what nginx thinks of bodies is not compared. */
function withBody(wire: Buffer): Buffer {
  const result = readRequestHead(wire, 0, wire.length, LIMITS)
  if (result.kind !== "head") return wire
  const { framing } = result.head
  const body =
    framing.kind === "chunked" ? "0\r\n\r\n" : "x".repeat(framing.kind === "sized" ? Math.min(framing.length, 99) : 0)
  return Buffer.concat([wire.subarray(0, result.end), Buffer.from(body)])
}

/** Heads that nginx refuses and this gateway takes, each with its reason. */
const WE_TAKE: { readonly why: string; readonly holds: (text: string) => boolean }[] = [
  {
    why: "RFC 9110 9.1: a method is any token, and tokens may hold more than capitals, _ and -",
    holds: (text) => !/^(?:\r\n)*[A-Z_-]+ /.test(text),
  },
  {
    why: "RFC 9110 5.6.3: a tab around a value is a blank, which nginx does not take off",
    holds: (text) => /^(?:Host|Content-Length|Transfer-Encoding):(?: *\t|[^\r]*\t *\r$)/im.test(text),
  },
]

function isExplained(wire: Buffer): boolean {
  const text = wire.toString("latin1")
  return WE_TAKE.some(({ holds }) => holds(text))
}

if (!Nginx.isInstalled) console.warn("nginx is not installed: what it refuses is not compared")

describe.skipIf(!Nginx.isInstalled)("against nginx", () => {
  let nginx: Nginx
  beforeAll(async () => {
    nginx = await Nginx.start()
  })
  afterAll(() => nginx.stop())

  /** What nginx says to each, in their order. */
  async function theirs(wires: Buffer[]): Promise<number[]> {
    const statuses: number[] = []
    for (let i = 0; i < wires.length; i += AT_ONCE) {
      const some = wires.slice(i, i + AT_ONCE)
      statuses.push(...(await Promise.all(some.map((wire) => nginx.status(withBody(wire))))))
    }
    return statuses
  }

  test("every sound request is one to both", async () => {
    const wires = fc.sample(requestWire, RUNS / 3).map((wire) => Buffer.from(wire, "latin1"))
    const statuses = await theirs(wires)
    const disputed = wires.filter((wire, i) => ours(wire) !== "head" || statuses[i] !== 200)
    expect(disputed.map(String)).toEqual([])
  }, 60_000)

  test("no hostile head that nginx refuses is a request here, but for reasons given", async () => {
    const wires = fc.sample(mutated(requestWire), RUNS).filter((wire) => ours(wire) === "head")
    const statuses = await theirs(wires)
    const disputed = wires.filter((wire, i) => (statuses[i] ?? 0) >= 400 && !isExplained(wire))
    expect(disputed.map((wire) => JSON.stringify(wire.toString("latin1")))).toEqual([])
    expect(wires.length).toBeGreaterThan(RUNS / 10)
  }, 60_000)

  test("heads made to be read in two ways are refused here wherever nginx refuses them", async () => {
    const wires = crafted().map((wire) => Buffer.from(wire, "latin1"))
    const statuses = await theirs(wires)
    const disputed = wires.filter((wire, i) => statuses[i] !== 200 && ours(wire) === "head" && !isExplained(wire))
    expect(disputed.map((wire) => JSON.stringify(wire.toString("latin1")))).toEqual([])
    expect(wires.length).toBeGreaterThan(300)
  }, 60_000)
})

/** Every pair of a telling piece and a place where it tells. */
function crafted(): string[] {
  const pieces = [
    "\0",
    "\n",
    "\r",
    "\r\n ",
    "\t",
    " ",
    ":",
    ",",
    "%",
    "%00",
    "%2e%2e/",
    "\x7f",
    "\x80",
    "/../",
    "\\",
    "#",
    "@",
    "[",
    "..",
    ";",
    "%c0%ae",
  ]
  const framings = ["Content-Length: ", "Transfer-Encoding: ", "Content-Length:", "Host: ", "Host", "Connection: ", "X"]
  const values = [
    "5",
    "5, 5",
    "+5",
    "-1",
    "0x5",
    "5 ",
    "99999999999999999999",
    "chunked",
    "chunked, chunked",
    "gzip",
    "xchunked",
    "",
  ]
  const wires: string[] = []
  for (const piece of pieces) {
    wires.push(
      `GET /a${piece}b HTTP/1.1\r\nHost: a\r\n\r\n`,
      `GET ${piece}/ HTTP/1.1\r\nHost: a\r\n\r\n`,
      `GET /?a${piece}b HTTP/1.1\r\nHost: a\r\n\r\n`,
      `G${piece}T / HTTP/1.1\r\nHost: a\r\n\r\n`,
      `GET / HTTP/1${piece}1\r\nHost: a\r\n\r\n`,
      `GET / HTTP/1.1${piece}\r\nHost: a\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: a${piece}b\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: a\r\nX${piece}: 1\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: a\r\nX: 1${piece}2\r\n\r\n`,
      `GET http://a${piece}b/ HTTP/1.1\r\nHost: a\r\n\r\n`,
    )
  }
  for (const name of framings) {
    for (const value of values) {
      wires.push(
        `POST / HTTP/1.1\r\nHost: a\r\n${name}${value}\r\n\r\n`,
        `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n${name}${value}\r\n\r\n`,
        `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n${name}${value}\r\n\r\n`,
        `POST / HTTP/1.0\r\n${name}${value}\r\n\r\n`,
      )
    }
  }
  return wires
}
