import { expect, test } from "bun:test"
import fc from "fast-check"
import { relevantLines } from "./relevant.ts"

async function* chunked(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const ACCESS = (path: string, status: number) =>
  `192.0.2.1 - - [10/Oct/2023:13:55:36 +0000] "GET ${path} HTTP/1.1" ${status} 5`
const asked = { headers: new Map<string, string>(), areHeadersComplete: false }

test("refusals and the request asked about are kept, with their numbers; the rest is not", async () => {
  const text = [
    ACCESS("/a", 200),
    ACCESS("/b", 403),
    ACCESS("/asked?x", 200),
    "[error] é denied",
    ACCESS("/c", 304),
  ].join("\n")
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 300 }), async (size) => {
      const kept = await relevantLines(chunked(text, size), { ...asked, target: "/asked" })
      expect(kept).toEqual({ text: text.split("\n").slice(1, 4).join("\n"), lines: [2, 3, 4], dropped: 0 })
    }),
  )
})

test("of too much the last is kept, in bounded memory", async () => {
  const block = Array.from({ length: 1000 }, (_, index) => ACCESS(`/p${index}x`, index % 10 === 0 ? 403 : 200)).join(
    "\n",
  )
  async function* many(): AsyncGenerator<Uint8Array> {
    const bytes = new TextEncoder().encode(`${block}\n`)
    for (let count = 0; count < 300; count++) yield bytes
  }
  const kept = await relevantLines(many())
  expect(kept.dropped).toBe(300 * 100 - kept.lines.length)
  expect(kept.lines.length).toBeLessThanOrEqual(20_000)
  expect(kept.lines.at(-1)).toBe(299 * 1000 + 991)
  expect(kept.text.split("\n").length).toBe(kept.lines.length)
})

test("a line without an end takes no more room than a long one", async () => {
  async function* endless(): AsyncGenerator<Uint8Array> {
    const bytes = new TextEncoder().encode("denied ".repeat(20_000))
    for (let count = 0; count < 50; count++) yield bytes
    yield new TextEncoder().encode("\nlast 403\n")
  }
  const kept = await relevantLines(endless())
  expect(kept.lines).toEqual([1, 2])
  expect(kept.text.length).toBeLessThan(70_000)
})
