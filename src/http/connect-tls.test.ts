import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Origin } from "./client.ts"
import { answering, client, originAt, send, stopAll, Upstream } from "./connect.fixture.ts"

const HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
const EC = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
let folder = ""

function openssl(...words: string[]): void {
  const { exitCode, stderr } = Bun.spawnSync(["openssl", ...words], { cwd: folder, stderr: "pipe" })
  if (exitCode !== 0) throw new Error(stderr.toString())
}

function read(file: string): string {
  return readFileSync(join(folder, file), "utf8")
}

/** A certificate for these names, signed by the authority of this test. */
function issue(name: string, names: string): void {
  writeFileSync(join(folder, "names"), `subjectAltName=${names}\n`)
  openssl("req", ...EC, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`)
  const signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names"]
  openssl("x509", "-req", "-in", `${name}.csr`, ...signed, "-out", `${name}.pem`)
}

function serving(name: string): Upstream {
  return answering(HELLO, { cert: read(`${name}.pem`), key: read(`${name}.key`) })
}

function named(upstream: Upstream): Origin {
  return originAt(upstream.origin.port, true, "localhost")
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pinpoint-tls-"))
  openssl("req", "-x509", ...EC, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Test")
  issue("here", "DNS:localhost,IP:127.0.0.1")
  issue("elsewhere", "DNS:elsewhere.example")
})
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(stopAll)

describe("an https origin", () => {
  test("is reached by name and by address, and its connection used again", async () => {
    const upstream = serving("here")
    const made = client({}, { ca: read("ca.pem") })
    for (const origin of [named(upstream), named(upstream), upstream.origin, upstream.origin]) {
      const sent = send(made, origin)
      expect(await sent.done()).toEqual(["head 200", "data", "end"])
    }
    expect(upstream.peers).toHaveLength(2)
  })

  test("gets a body that is larger than the connection takes at once", async () => {
    const size = 4 * 1024 * 1024
    let seen = 0
    const tls = { cert: read("here.pem"), key: read("here.key") }
    const upstream = new Upstream((peer, text) => {
      peer.received = ""
      seen += text.length
      if (text.endsWith("end")) peer.send(HELLO)
    }, tls)
    const made = client({}, { ca: read("ca.pem") })
    const sent = send(made, named(upstream), { method: "PUT", framing: { kind: "sized", length: size + 3 } })
    sent.exchange.write(Buffer.alloc(size))
    sent.exchange.write(Buffer.from("end"))
    expect((await sent.done()).at(-1)).toBe("end")
    expect(seen).toBeGreaterThan(size)
  })

  test("whose certificate nobody trusted has signed is a tls fault", async () => {
    const sent = send(client(), named(serving("here")))
    expect(await sent.done()).toEqual(["tls"])
    expect(sent.fault?.seen).toBe("UNABLE_TO_VERIFY_LEAF_SIGNATURE")
  })

  test("whose certificate is for another name is a tls fault, and gets no byte of the request", async () => {
    const upstream = serving("elsewhere")
    const sent = send(client({}, { ca: read("ca.pem") }), named(upstream))
    expect(await sent.done()).toEqual(["tls"])
    await Bun.sleep(50)
    expect(upstream.peers.map((peer) => peer.received).join("")).toBe("")
  })

  test("that does not speak TLS, or goes away instead, is a tls fault", async () => {
    const plain = new Upstream((peer) => peer.send("HTTP/1.1 400 Bad Request\r\n\r\n"))
    expect(await send(client(), named(plain)).done()).toEqual(["tls"])
    const gone = new Upstream((peer) => peer.end())
    expect(await send(client(), named(gone)).done()).toEqual(["tls"])
  })

  test("that does not finish its handshake in time is a connect-timeout", async () => {
    const upstream = new Upstream()
    expect(await send(client({ connectTimeout: 1 }), named(upstream)).done()).toEqual(["connect-timeout"])
    await (await upstream.peer(0)).closed()
  })
})
