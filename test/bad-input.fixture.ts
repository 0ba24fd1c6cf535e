/** Bytes that are no request, and what becomes of them. */
export interface BadRow {
  readonly name: string
  readonly bytes: string
  /** What the client does after its bytes: it waits for an answer, or says that it has nothing more to say. */
  readonly then?: "fin"
  readonly cause: string
  readonly status: number
}

const row = (name: string, cause: string, status: number, bytes: string, then?: "fin"): BadRow => ({
  name,
  bytes,
  cause: `wire/${cause}`,
  status,
  ...(then === undefined ? {} : { then }),
})

const withFields = (lines: string, method = "POST"): string => `${method} /a HTTP/1.1\r\nHost: a\r\n${lines}\r\n`
const withTarget = (target: string, method = "GET"): string => `${method} ${target} HTTP/1.1\r\nHost: a\r\n\r\n`

const LENGTHS: readonly BadRow[] = [
  row("two lengths that differ", "length-conflict", 400, withFields("Content-Length: 1\r\nContent-Length: 2\r\n")),
  row("two lengths alike", "length-conflict", 400, withFields("Content-Length: 1\r\nContent-Length: 1\r\n")),
  row("a list of lengths", "length-invalid", 400, withFields("Content-Length: 1, 1\r\n")),
  row("a negative length", "length-invalid", 400, withFields("Content-Length: -1\r\n")),
  row("a length with a sign", "length-invalid", 400, withFields("Content-Length: +1\r\n")),
  row("a hexadecimal length", "length-invalid", 400, withFields("Content-Length: 0x10\r\n")),
  row("an empty length", "length-invalid", 400, withFields("Content-Length:\r\n")),
  row("a length above 2^53", "length-invalid", 400, withFields("Content-Length: 9007199254740993\r\n")),
  row(
    "a length before a coding",
    "length-and-coding",
    400,
    withFields("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
  ),
  row(
    "a length after a coding",
    "length-and-coding",
    400,
    withFields("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"),
  ),
]

const CODINGS: readonly BadRow[] = [
  row("an unknown coding", "coding", 501, withFields("Transfer-Encoding: gzip\r\n")),
  row("a coding before chunked", "coding", 501, withFields("Transfer-Encoding: gzip, chunked\r\n")),
  row("chunked twice in one field", "coding", 501, withFields("Transfer-Encoding: chunked, chunked\r\n")),
  row(
    "chunked in two fields",
    "coding",
    501,
    withFields("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
  ),
  row("a coding that only looks like chunked", "coding", 501, withFields("Transfer-Encoding: xchunked\r\n")),
  row("a coding in HTTP/1.0", "coding", 501, "POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"),
]

const SIZES: readonly BadRow[] = [
  row("a head of too many bytes", "head-too-large", 431, withFields(`X-Long: ${"a".repeat(3000)}\r\n`, "GET")),
  row("a head that never ends", "head-too-large", 431, `GET /a HTTP/1.1\r\nHost: a\r\nX: ${"a".repeat(4000)}`),
  row("too many fields", "head-too-large", 431, withFields("X-A: 1\r\n".repeat(20), "GET")),
  row("a target of too many bytes", "target-too-long", 414, withTarget(`/${"a".repeat(600)}`)),
  row("a query of too many bytes", "target-too-long", 414, withTarget(`/a?${"a".repeat(600)}`)),
]

const TARGETS: readonly BadRow[] = [
  row("a CONNECT", "target", 400, "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"),
  row("a target that is no path", "target", 400, withTarget("a/b")),
  row("an asterisk for another method than OPTIONS", "target", 400, withTarget("*")),
  row("a fragment", "target", 400, withTarget("/a#b")),
  row("a scheme that is not served", "target", 400, withTarget("ftp://a/b")),
  row("escapes that are not UTF-8", "path-encoding", 400, withTarget("/%ff%fe")),
  row("an overlong escape of a slash", "path-encoding", 400, withTarget("/%c0%af")),
  row("bytes above ASCII in the path", "path-encoding", 400, withTarget("/\xff\xfe")),
  row("an escaped NUL", "path-encoding", 400, withTarget("/a%00b")),
  row("half an escape", "path-encoding", 400, withTarget("/a%2")),
  row("a NUL in the path", "request-line", 400, withTarget("/a\0b")),
  row("dot segments", "path-ambiguous", 400, withTarget("/open/../locked/a")),
  row("escaped dot segments", "path-ambiguous", 400, withTarget("/open/%2e%2E/locked/a")),
  row("dot segments after an escaped slash", "path-ambiguous", 400, withTarget("/open%2f..%2flocked/a")),
  row("a dot segment with a parameter", "path-ambiguous", 400, withTarget("/open/..;x/locked")),
  row("a backslash", "path-ambiguous", 400, withTarget("/open\\..\\locked")),
  row("an escaped backslash", "path-ambiguous", 400, withTarget("/open%5c..%5clocked")),
]

const LINES: readonly BadRow[] = [
  row("a TLS greeting", "request-line", 400, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
  row("no version", "request-line", 400, "GET /a\r\nHost: a\r\n\r\n"),
  row("two blanks", "request-line", 400, "GET  /a HTTP/1.1\r\nHost: a\r\n\r\n"),
  row("HTTP/2 with prior knowledge", "version", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".replace("*", "/")),
  row("HTTP/1.2", "version", 505, "GET /a HTTP/1.2\r\nHost: a\r\n\r\n"),
  row("LF alone after the request line", "line-feed", 400, "GET /a HTTP/1.1\nHost: a\r\n\r\n"),
  row("LF alone after a field", "line-feed", 400, "GET /a HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"),
  row("LF alone for the empty line", "line-feed", 400, "GET /a HTTP/1.1\r\nHost: a\r\n\n"),
  row("CR alone in a field", "line-feed", 400, withFields("X: a\rb\r\n", "GET")),
  row("a folded field", "field-folded", 400, withFields("X: a\r\n b\r\n", "GET")),
  row("a field that begins with a blank", "field-folded", 400, "GET /a HTTP/1.1\r\n Host: a\r\n\r\n"),
  row("a blank before the colon", "field-name", 400, withFields("Content-Length : 5\r\n")),
  row("a field without a colon", "field-name", 400, withFields("nonsense\r\n", "GET")),
  row("a field without a name", "field-name", 400, withFields(": a\r\n", "GET")),
  row("a NUL in a field", "field-value", 400, withFields("X: a\0b\r\n", "GET")),
  row("a control character in a field", "field-value", 400, withFields("X: a\x07b\r\n", "GET")),
  row("a NUL in a key", "field-value", 400, withFields("X-API-Key: abc\0def\r\n", "GET")),
]

const HOSTS: readonly BadRow[] = [
  row("no host", "host", 400, "GET /a HTTP/1.1\r\n\r\n"),
  row("two hosts", "host", 400, withFields("Host: b\r\n", "GET")),
  row("the same host twice", "host", 400, withFields("Host: a\r\n", "GET")),
  row("an empty host", "host", 400, "GET /a HTTP/1.1\r\nHost:\r\n\r\n"),
  row("a host with a user", "host", 400, "GET /a HTTP/1.1\r\nHost: u@a\r\n\r\n"),
  row("a host with a path", "host", 400, "GET /a HTTP/1.1\r\nHost: a/b\r\n\r\n"),
]

const UNFINISHED: readonly BadRow[] = [
  row("one that comes too slowly", "slow-head", 408, "GET /a HTTP/1.1\r\nHost: a\r\n"),
  row("one that ends in the request line", "cut", 400, "GET /a HT", "fin"),
  row("one that ends in a field", "cut", 400, "GET /a HTTP/1.1\r\nHost: a\r\nX-", "fin"),
]

/** Rows whose head is refused, so that nothing is forwarded. */
export const BAD_HEADS: readonly BadRow[] = [
  ...LENGTHS,
  ...CODINGS,
  ...SIZES,
  ...TARGETS,
  ...LINES,
  ...HOSTS,
  ...UNFINISHED,
]

const CHUNKED = withFields("Transfer-Encoding: chunked\r\n")

/** Rows whose head passes and whose body does not. */
export const BAD_BODIES: readonly BadRow[] = [
  row("a chunk size that is no number", "chunk", 400, `${CHUNKED}zz\r\nabc\r\n0\r\n\r\n`),
  row("a chunk size with a sign", "chunk", 400, `${CHUNKED}+3\r\nabc\r\n0\r\n\r\n`),
  row("a chunk size with a prefix", "chunk", 400, `${CHUNKED}0x3\r\nabc\r\n0\r\n\r\n`),
  row("a chunk size above 2^53", "chunk", 400, `${CHUNKED}ffffffffffffffff\r\nabc\r\n0\r\n\r\n`),
  row("a blank after the chunk size", "chunk", 400, `${CHUNKED}3 \r\nabc\r\n0\r\n\r\n`),
  row("a chunk size that ends in LF", "chunk", 400, `${CHUNKED}3\nabc\r\n0\r\n\r\n`),
  row("a chunk longer than its size", "chunk", 400, `${CHUNKED}3\r\nabcd\r\n0\r\n\r\n`),
  row("a chunk that ends in LF", "chunk", 400, `${CHUNKED}3\r\nabc\n0\r\n\r\n`),
  row("a trailer that is no field", "chunk", 400, `${CHUNKED}3\r\nabc\r\n0\r\nnonsense\r\n\r\n`),
  row("a control character in an extension", "chunk", 400, `${CHUNKED}3;a=\0\r\nabc\r\n0\r\n\r\n`),
  row("a sized body that stalls", "slow-body", 408, `${withFields("Content-Length: 5\r\n")}abc`),
  row("a chunked body that stalls", "slow-body", 408, `${CHUNKED}3\r\nab`),
  row("a sized body that ends early", "cut", 400, `${withFields("Content-Length: 5\r\n")}abc`, "fin"),
  row("a chunked body that ends inside a chunk", "cut", 400, `${CHUNKED}3\r\nab`, "fin"),
  row("a chunked body that ends before its last chunk", "cut", 400, `${CHUNKED}3\r\nabc\r\n`, "fin"),
]
