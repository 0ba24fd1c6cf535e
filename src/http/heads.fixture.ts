import fc from "fast-check"

const TOKEN = "!#$%&'*+-.^_`|~09azAZ"

function text(alphabet: string, minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...alphabet), { minLength, maxLength }).map((parts) => parts.join(""))
}

const segment = fc.oneof(text("aZ0-_~:@!$&'()*+,;=", 1, 8), fc.constantFrom("%20", "%C3%A9", "a.b", "%41"))
const path = fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => `/${parts.join("/")}`)
const query = fc.oneof(
  fc.constant(""),
  text("aZ09=&%/?.-", 0, 20).map((it) => `?${it}`),
)
const name = text(TOKEN, 1, 12).map((it) => `x-${it}`)
const value = text('aZ09 ,;="/\t\xe9', 0, 20).map((it) => it.trim())
const field = fc.tuple(name, value).map(([spelled, said]) => `${spelled}: ${said}\r\n`)
const fields = fc.array(field, { maxLength: 5 }).map((lines) => lines.join(""))
const framing = fc.constantFrom("", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Connection: close\r\n")

/** A sound request head in latin1, up to its empty line, with the framing it needs to be taken for one of HTTP/1.1. */
export const requestWire = fc
  .tuple(fc.constantFrom("GET", "POST", "DELETE", "M-SEARCH"), path, query, fields, framing)
  .map(
    ([method, at, asked, lines, body]) => `${method} ${at}${asked} HTTP/1.1\r\nHost: a.example\r\n${lines}${body}\r\n`,
  )

/** A sound response head, likewise. */
export const responseWire = fc
  .tuple(fc.constantFrom("200 OK", "404 Not Found", "204 ", "503 \xe9\t!"), fields, framing)
  .map(([status, lines, body]) => `HTTP/1.1 ${status}\r\n${lines}${body}\r\n`)

/** Bytes that mean something to a reader of heads. */
const TELLING = [
  ..."\r\n\0\t :;,%./\\?#*@[]()\x7f\x80\xe9\xff0aZ",
  "\r\n",
  "\r\n\r\n",
  "\n\n",
  " HTTP/1.0",
  "..",
  "%2e",
]

const mutation = fc.record({
  at: fc.nat(1000),
  cut: fc.nat(3),
  put: fc.oneof(
    fc.constantFrom(...TELLING),
    fc.constantFrom("Host: b\r\n", "Content-Length: 6\r\n", "Transfer-Encoding: x\r\n", ""),
  ),
})

/** The same in bytes, with none to three places changed, which leaves some of them sound. */
export function mutated(wire: fc.Arbitrary<string>): fc.Arbitrary<Buffer> {
  return fc.tuple(wire, fc.array(mutation, { maxLength: 3 })).map(([sound, mutations]) => {
    let changed = sound
    for (const { at, cut, put } of mutations) {
      const place = at % (changed.length + 1)
      changed = changed.slice(0, place) + put + changed.slice(place + cut)
    }
    return Buffer.from(changed, "latin1")
  })
}
