import { afterAll, expect, test } from "bun:test"
import fc from "fast-check"
import { readRequest } from "./read.ts"
import { keepingServer } from "./sent.fixture.ts"

const server = keepingServer()
afterAll(() => server.stop())

const single = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
const dollar = (text: string): string => `$'${text.replaceAll(/[\\']/g, "\\$&").replaceAll("\n", "\\n")}'`
const quoted = fc.constantFrom(single, dollar)

const text = fc
  .string({ unit: fc.constantFrom(..."abcXYZ 019\"'\\&=+%{}:;,.é"), maxLength: 12 })
  .filter((it) => !/^[@<]/.test(it))
const token = fc.string({ unit: fc.constantFrom(..."abcXYZ019-"), minLength: 1, maxLength: 8 })

const option = fc.oneof(
  fc
    .tuple(fc.constantFrom("-H ", "--header "), token, token)
    .map(([name, field, value]) => [name, `X-A${field}: ${value}`]),
  fc
    .tuple(fc.constantFrom("-d ", "--data ", "--data-raw ", "-d"), text)
    .map(([name, value]) => [name === "-d" && value === "" ? "-d " : name, value]),
  fc
    .tuple(fc.constant("--data-urlencode "), fc.tuple(token, text))
    .map(([name, [field, value]]) => [name, `${field}=${value}`]),
  fc.tuple(fc.constant("--json "), fc.json({ maxDepth: 1 })).map(([name, value]) => [name, value]),
  fc.tuple(fc.constantFrom("-A ", "--user-agent "), token).map(([name, value]) => [name, value]),
  fc.tuple(fc.constantFrom("-e ", "--referer "), token).map(([name, value]) => [name, `http://${value}/`]),
  fc.tuple(fc.constantFrom("-b ", "--cookie "), token).map(([name, value]) => [name, `c=${value}`]),
  fc
    .tuple(fc.constantFrom("-X ", "--request ", "-sSX"), fc.constantFrom("PUT", "DELETE", "PATCH", "POST"))
    .map(([name, value]) => [name, value]),
  fc
    .tuple(fc.constantFrom("-H "), fc.constantFrom("Accept:", "User-Agent:", "X-Empty;", "Content-Type: text/plain"))
    .map(([name, value]) => [name, value]),
  fc.tuple(fc.constantFrom("-r "), fc.constantFrom("0-9")).map(([name, value]) => [name, value]),
  fc.constantFrom("-k", "-s", "-G", "--compressed", "--path-as-is", "-sk", "-v").map((name) => [name, undefined]),
)

const path = fc
  .array(fc.constantFrom("/a", "/..", "/.", "/b.c", "//", "/%2e", "/x-y"), { maxLength: 5 })
  .map((it) => `${it.join("")}` || "/")

/** Versions of curl differ in `%c3` and `%C3`. */
const sameCase = (text: string): string => text.replaceAll(/%[0-9a-f]{2}/gi, (it) => it.toUpperCase())

/** Curl's own words of version and length, which nobody can know from the command. */
const KNOWN_TO_CURL = ["content-length", "host", "accept-encoding", "expect", "content-range"]

test("what is read from a command is what curl sends", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(option, { maxLength: 4 }).map((it) => [["-G", undefined], ...it]), quoted, path, token, async (options, quote, target, query) => {
      const address = `http://127.0.0.1:${server.port}${target}?${query}#part`
      const words = options.map(([name = "", value]) => (value === undefined ? name : `${name}${quote(value)}`))
      const command = ["curl", ...words, quote(address)].join(" ")
      // Two bodies of different kinds are refused by curl itself.
      const curl = Bun.spawn(["bash", "--norc", "-c", `${command} --noproxy '*' -o /dev/null`], { stderr: "ignore" })
      const exitCode = await curl.exited
      const sent = server.taken()
      if (exitCode !== 0 || sent === undefined) return
      const { request } = readRequest(command)
      const first = { command, method: request?.method, target: sameCase(request?.target ?? "") }
      expect(first).toEqual({ command, method: sent.method, target: sameCase(sent.target) })
      expect(sameCase(request?.body ?? "")).toBe(sameCase(sent.body))
      const named = (headers: ReadonlyMap<string, string> | undefined) =>
        [...(headers ?? [])]
          .filter(([name]) => !KNOWN_TO_CURL.includes(name))
          .map(([name, value]) => `${name}: ${name === "user-agent" ? value.replace(/^curl\/.*/, "curl/") : value}`)
          .toSorted()
      expect(named(request?.headers)).toEqual(named(sent.headers))
      expect(request?.areHeadersComplete).toBe(true)
    }),
    { numRuns: 2000 },
  )
}, 250_000)

test("a file's content is not made up, and headers from a file are not all", () => {
  const { request } = readRequest("curl -d @body.json -H @headers.txt https://a.example/x")
  expect(request).toMatchObject({
    method: "POST",
    host: "a.example",
    port: 443,
    target: "/x",
    areHeadersComplete: false,
  })
  expect(request?.body).toBeUndefined()
})

test("credentials tell their scheme alone", () => {
  expect(readRequest("curl -u ***:*** https://a/").request?.headers.get("authorization")).toMatch(/^Basic \*+$/)
  expect(readRequest("curl https://***@a/").request?.headers.get("authorization")).toMatch(/^Basic \*+$/)
  expect(readRequest("curl --oauth2-bearer *** https://a/").request?.headers.get("authorization")).toBe("Bearer ***")
})
