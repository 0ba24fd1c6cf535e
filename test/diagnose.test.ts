import { describe, expect, setDefaultTimeout, test } from "bun:test"
import { statSync } from "node:fs"
import { join } from "node:path"
import { PATIENCE, pinpoint, temporaryDirectory } from "./process.fixture.ts"

setDefaultTimeout(PATIENCE)

const CASES = join(import.meta.dir, "diagnosis/shared.jsonl")
const SECRET = "s3cr3t-0123456789abcdefABCDEF"
const ESCAPE = "\u001b]0;owned\u0007\u001b[31m"

const json = async (args: readonly string[]) => {
  const { out, code } = await pinpoint([...args, "--json"])
  expect(code).toBe(0)
  return JSON.parse(out)
}

describe("diagnose", () => {
  test("answers each case of a file in a line of its own, in their order, with the shape that is promised", async () => {
    const { out, code } = await pinpoint(["diagnose", "--cases", CASES])
    expect(code).toBe(0)
    const answers = out
      .trim()
      .split("\n")
      .map((it) => JSON.parse(it))
    const ids = (await Bun.file(CASES).text())
      .trim()
      .split("\n")
      .map((it) => JSON.parse(it).id)
    expect(answers.map((it) => it.id)).toEqual(ids)
    for (const it of answers) {
      expect(typeof it.emitter).toBe("string")
      expect(it).toHaveProperty("unknown")
      expect(it).toHaveProperty("next")
      for (const cause of it.causes) {
        expect(cause).toMatchObject({
          code: expect.any(String),
          confidence: expect.any(Number),
          evidence: expect.any(Array),
        })
        expect(cause.fix).toMatchObject({
          by: expect.any(String),
          change: expect.any(String),
          admits: expect.any(String),
        })
      }
    }
  })

  test("tells of a line that is no case what is wrong with it, and goes on", async () => {
    using directory = temporaryDirectory()
    const path = join(directory.path, "cases.jsonl")
    await Bun.write(path, 'not json\n{"symptom": "access forbidden by rule", "evidence": {}}\n')
    const [first, second] = (await pinpoint(["diagnose", "--cases", path])).out
      .trim()
      .split("\n")
      .map((it) => JSON.parse(it))
    expect(first.fault).toContain("line 1")
    expect(second.causes[0].code).toBe("nginx/deny-rule")
  })

  test("reads what is pasted: a command, an answer and a log in one text", async () => {
    const pasted = `curl -X POST https://api.example.org/orders -H 'Content-Type: application/json' -d '{}'
HTTP/1.1 403 Forbidden
Server: nginx

2024/06/23 16:49:24 [error] 145180#145180: *17 access forbidden by rule, client: 192.0.2.4, server: api.example.org, request: "POST /orders HTTP/1.1", host: "api.example.org"`
    const answer = await json(["diagnose", pasted])
    expect(answer.causes[0].code).toBe("nginx/deny-rule")
  })

  test("lets no terminal escape through, in any form of its answer", async () => {
    const hostile = `2024/06/23 16:49:24 [error] 1#1: *17 access forbidden by rule${ESCAPE}, client: 192.0.2.4, server: a, request: "GET /${ESCAPE} HTTP/1.1"`
    for (const form of [[], ["--markdown"]]) {
      const { out } = await pinpoint(["diagnose", hostile, ...form])
      expect(out).toContain("nginx/deny-rule")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
    }
  })

  test("prints and saves no credential of what was given, and what it saved is a case again", async () => {
    using directory = temporaryDirectory()
    const saved = join(directory.path, "shared.json")
    const given = `curl https://user:${SECRET}@api.example.org/x -H 'Authorization: Bearer ${SECRET}' -H 'Cookie: session=${SECRET}'
HTTP/1.1 403 Forbidden
Server: cloudflare
Set-Cookie: __cf_bm=${SECRET}

error code: 1010`
    const outputs: string[] = []
    for (const form of [[], ["--json"], ["--markdown"], ["--save", saved]]) {
      const { out, err } = await pinpoint(["diagnose", given, ...form])
      outputs.push(out, err)
    }
    const file = await Bun.file(saved).text()
    for (const it of [...outputs, file]) expect(it).not.toContain(SECRET)
    expect(statSync(saved).mode & 0o077).toBe(0)
    const again = await json(["diagnose", "--case", saved])
    expect(again.causes[0].code).toBe("edge/cloudflare/browser-signature-1010")
  })

  test("does not write over a file that is there", async () => {
    using directory = temporaryDirectory()
    const there = join(directory.path, "there.json")
    await Bun.write(there, "mine")
    const { code } = await pinpoint(["diagnose", "error code: 1010", "--save", there])
    expect(code).toBe(1)
    expect(await Bun.file(there).text()).toBe("mine")
  })

  test("knows a refusal of a gateway of its own kind, with the fix that gateway verified", async () => {
    const body = JSON.stringify({
      type: "/.well-known/pinpoint/causes/access/scope-missing",
      status: 403,
      fix: [{ by: "owner", does: "key.scopes becomes orders:write", verified: true }],
    })
    const answer = await json([
      "diagnose",
      `HTTP/1.1 403 Forbidden\nPinpoint-Cause: access/scope-missing\nContent-Type: application/problem+json\n\n${body}`,
    ])
    expect(answer.emitter).toBe("pinpoint")
    expect(answer.causes[0]).toMatchObject({ code: "access/scope-missing", fix: { by: "owner", isVerified: true } })
  })

  test.each([
    [["--case", "/nowhere.json"], "/nowhere.json cannot be read"],
    [["nowhere.har"], "There is no file nowhere.har"],
    [["--config", "/nowhere.conf"], "/nowhere.conf"],
    [["error code: 1010", "--probe", "nowhere"], "--probe takes the address of a server"],
    [["error code: 1010", "--budget", "0"], "--budget takes a number from 1 to 64"],
  ])("with %p fails with a clear line", async (args, said) => {
    const { code, err } = await pinpoint(["diagnose", ...args])
    expect(code).toBe(1)
    expect(err).toContain(said)
    expect(err).not.toContain("    at ")
  })

  test("answers what says nothing with a question", async () => {
    const answer = await json(["diagnose", "--symptom", "it does not work"])
    expect(answer.causes.every((it: { confidence: number }) => it.confidence < 0.5)).toBe(true)
    expect(answer.next.ask).toContain("?")
  })
})

test("a cause of another system is explained by its code", async () => {
  const { out, code } = await pinpoint(["explain", "nginx/deny-rule"])
  expect(code).toBe(0)
  expect(out).toContain("# nginx/deny-rule")
})

describe("a probe", () => {
  /** Refuses scripts by their name, and requests with a field it does not like. */
  const started = () => {
    const seen: Request[] = []
    const server = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: (request) => {
        seen.push(request)
        const isScript = /^python/i.test(request.headers.get("user-agent") ?? "")
        const isDisliked = request.headers.has("x-disliked")
        return new Response("told", { status: isScript || isDisliked ? 403 : 200 })
      },
    })
    return { seen, server, url: `http://127.0.0.1:${server.port}`, [Symbol.dispose]: () => void server.stop(true) }
  }

  test("sends nothing by itself, and shows what it would send", async () => {
    using target = started()
    const { out } = await pinpoint(["diagnose", `curl ${target.url}/a -A python-requests/2.31`, "--probe", target.url])
    expect(out).toContain("nothing was")
    expect(out).toContain("user agent of a browser")
    expect(target.seen).toEqual([])
  })

  test("finds that the user agent decides, within its budget, and sends credentials to nobody else", async () => {
    using target = started()
    const given = `curl ${target.url}/a -A python-requests/2.31 -H 'Authorization: Bearer ${SECRET}' -H 'X-Forwarded-For: 10.0.0.1'`
    const told = await json([
      "diagnose",
      given,
      "--symptom",
      "403 from a python script, fine in the browser",
      "--probe",
      target.url,
      "--send",
      "--budget",
      "4",
    ])
    expect(target.seen.length).toBeLessThanOrEqual(4)
    expect(target.seen.some((it) => it.headers.has("x-forwarded-for"))).toBe(false)
    expect(target.seen[0]?.headers.get("authorization")).toBe(`Bearer ${SECRET}`)
    expect(told.belief["client/user-agent-blocked"]).toBeGreaterThan(0.5)
    using other = started()
    await pinpoint(["diagnose", given, "--probe", other.url, "--send"])
    expect(other.seen).toEqual([])
  })

  test("asks no more than its budget, with those that show that there is a difference", async () => {
    using target = started()
    using directory = temporaryDirectory()
    const passing = join(directory.path, "passing.txt")
    await Bun.write(passing, `curl ${target.url}/a -H 'X-A: 1'`)
    const refused = `curl ${target.url}/a -H 'X-B: 2' -H 'X-C: 3' -H 'X-D: 4' -H 'X-Disliked: yes'`
    const args = ["diagnose", refused, "--probe", target.url, "--send", "--passing", passing]
    const told = await json([...args, "--budget", "3"])
    expect(told.isMinimal).toBe(false)
    expect(target.seen.length).toBe(3)
    expect((await pinpoint([...args, "--budget", "2"])).err).toContain("--budget takes at least 3")
    expect(target.seen.length).toBe(3)
  })

  test("finds the one field in which a refused request differs from one that passes", async () => {
    using target = started()
    using directory = temporaryDirectory()
    const passing = join(directory.path, "passing.txt")
    await Bun.write(passing, `curl ${target.url}/a -H 'Accept: */*' -H 'X-A: 1' -H 'X-B: 2'`)
    const refused = `curl ${target.url}/a?x=1 -H 'Accept: text/html' -H 'X-A: 2' -H 'X-Disliked: yes' -H 'X-C: 3'`
    const told = await json([
      "diagnose",
      refused,
      "--probe",
      target.url,
      "--send",
      "--passing",
      passing,
      "--budget",
      "30",
    ])
    expect(told).toMatchObject({ differences: ["the field x-disliked is there"], isMinimal: true })
    expect(target.seen.length).toBe(told.asked)
  })
})
