import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { within } from "../../policies/ip-allow/within.ts"
import { applyText } from "../../servers/apply-text.ts"
import { anyAddress, anyNetwork } from "../../servers/audit/addresses.fixture.ts"
import { readNetwork, showAddress } from "../../servers/values/address.ts"
import type { KnownKey } from "../neighbourhood.ts"
import { auditGateway } from "./gateway-audit.ts"
import { contained } from "./network-findings.ts"

const SECRET = "s3cr3t-0123456789abcdef"
const audit = (text: string, stored?: readonly KnownKey[]) =>
  auditGateway({ text, file: "pinpoint.yaml", env: { K1: `${SECRET}-1`, K2: `${SECRET}-2` }, stored })
const names = (text: string, stored?: readonly KnownKey[]) =>
  audit(text, stored).findings.map(({ name, severity, at }) => [name, severity, at.line])

interface Parts {
  readonly policies?: readonly string[]
  readonly service?: readonly string[]
  readonly keys?: readonly string[]
  readonly more?: readonly string[]
}

const config = ({ policies = [], service = [], keys = [], more = [] }: Parts): string =>
  [
    "services:",
    "  orders:",
    "    upstream: http://127.0.0.1:9000",
    "    routes: [{ path: /orders/*, methods: [GET, POST] }]",
    ...(service.length === 0 ? [] : ["    policies:", ...service.map((it) => `      - ${it}`)]),
    ...(policies.length === 0 ? [] : ["policies:", ...policies.map((it) => `  - ${it}`)]),
    ...(keys.length === 0 ? [] : ["keys:", ...keys.map((it) => `  - ${it}`)]),
    ...more,
    "",
  ].join("\n")

const ASKING = ["key-auth: {}", "scopes: { GET: [read], POST: [write] }"]
const key = (name: string, variable: string, scopes: string): string =>
  `{ name: ${name}, key: "\${${variable}}", scopes: [${scopes}] }`
const stored = (name: string, scopes: readonly string[], status = "active"): KnownKey => ({
  name,
  scopes,
  status,
  source: { file: "store", path: `keys.${name}` },
})

describe("an audit of the gateway's plan", () => {
  test("finds nothing where every key and every policy does something", () => {
    const text = config({
      service: ["ip-allow: [10.0.0.0/8]", ...ASKING],
      keys: [key("a", "K1", "read"), key("b", "K2", "write")],
    })
    expect(audit(text)).toEqual({ findings: [], isStopped: false })
  })

  test("keys that open nothing, scopes nobody asks for, and scopes that alone open nothing", () => {
    const text = config({
      service: ["key-auth: {}", "scopes: { GET: [read], POST: [read, write] }"],
      keys: [key("a", "K1", "write"), key("b", "K2", "read, write, admin")],
    })
    expect(names(text)).toEqual([
      ["gateway/key-opens-nothing", "warning", 9],
      ["gateway/scope-idle", "warning", 10],
    ])
    const half = text.replace("[write] }", "[read] }").replace("POST: [read, write]", "POST: [write, pay]")
    expect(names(half)).toEqual([
      ["gateway/route-for-nobody", "warning", 7],
      ["gateway/scope-idle", "warning", 10],
      ["gateway/scope-idle", "note", 10],
    ])
  })

  test("removing what was found to be idle changes no decision, and the change is written out", () => {
    const text = config({ service: ASKING, keys: [key("a", "K1", "read, write, admin, audit")] })
    const { findings } = audit(text)
    expect(findings.map((it) => it.name)).toEqual(["gateway/scope-idle", "gateway/scope-idle"])
    let after: string | undefined = text
    const [first] = findings[0]?.change?.patches ?? []
    expect(findings[0]?.change?.isVerified).toBe(true)
    if (first?.kind === "text") after = applyText(text, first)
    expect(audit(after ?? "").findings).toHaveLength(1)
  })

  test("routes and models that nobody may use, with and without the keys made at run time", () => {
    const text = config({
      service: ASKING,
      keys: [key("a", "K1", "read")],
      more: [
        "models: { small: [{ provider: local, model: m }] }",
        "providers: { local: { dialect: openai, url: 'http://127.0.0.1:9100/v1' } }",
      ],
    })
    expect(names(text)).toEqual([["gateway/route-for-nobody", "warning", 7]])
    expect(audit(text).findings[0]?.effect).toContain("were not looked at")
    expect(audit(text, []).findings[0]?.effect).not.toContain("were not looked at")
    expect(names(text, [stored("c", ["write"])])).toEqual([])
    expect(names(text, [stored("c", ["write"], "revoked")])).toEqual([["gateway/route-for-nobody", "warning", 7]])
    const noKey = text.replace(/keys:\n.*\n/, "")
    expect(names(noKey).map(([name]) => name)).toContain("gateway/model-for-nobody")
  })

  test("keys of the store that are expired, and those that open nothing", () => {
    const text = config({ service: ASKING, keys: [key("a", "K1", "read, write")] })
    expect(
      audit(text, [stored("old", ["read"], "expired"), stored("off", [])]).findings.map((it) => [it.name, it.at.file]),
    ).toEqual([
      ["gateway/key-opens-nothing", "store"],
      ["gateway/key-expired", "store"],
    ])
  })

  test("lists of networks that admit everybody, hold one twice, or never decide", () => {
    const lists = (policies: readonly string[], service: readonly string[] = []) => names(config({ policies, service }))
    expect(lists(['ip-allow: [0.0.0.0/0, "::/0"]'])).toEqual([["gateway/addresses-all-admitted", "warning", 6]])
    expect(lists(['ip-allow: [0.0.0.0/1, 128.0.0.0/1, "::/1", "8000::/1"]'])).toEqual([
      ["gateway/addresses-all-admitted", "warning", 6],
    ])
    expect(lists(["ip-allow: [0.0.0.0/0]"])).toEqual([])
    expect(lists(["ip-allow: [10.0.0.0/8, 10.1.0.0/16]"])).toEqual([["gateway/network-contained", "note", 6]])
    expect(lists([], ["ip-allow: [10.0.0.0/8]", "ip-allow: [10.1.0.0/16]"])).toEqual([
      ["gateway/policy-never-decides", "note", 6],
    ])
    // Where no route is, the list for all of them decides alone.
    expect(lists(["ip-allow: [10.0.0.0/8]"], ["ip-allow: [10.1.0.0/16]"])).toEqual([])
  })

  test("networks found to be contained may all go together", () => {
    const network = anyNetwork
      .filter((it) => !it.includes("ffff:"))
      .map((it) => {
        const read = readNetwork(it)
        return read === undefined ? it : `${showAddress(read)}/${read.prefix}`
      })
    fc.assert(
      fc.property(fc.array(network, { minLength: 1, maxLength: 10 }), anyAddress, (list, address) => {
        const left = [...list]
        for (const it of contained(list)) left.splice(left.lastIndexOf(it), 1)
        expect(within.holds(address, left)).toBe(within.holds(address, list))
      }),
      { numRuns: 1000 },
    )
  })

  test("tells what the reader of the file says, once", () => {
    expect(names("services: 1\n")).toEqual([["gateway/not-read", "error", 1]])
    const shadowed = config({}).replace("routes: [", "routes: [{ path: /* }, ")
    expect(names(shadowed)).toEqual([["gateway/not-read", "error", 4]])
    expect(audit("").findings.every((it) => it.name === "gateway/not-read")).toBe(true)
  })

  test("never quotes a key that is written out, and prints no change beside it", () => {
    const text = config({ service: ASKING, keys: [`{ name: a, key: ${SECRET}, scopes: [read, write, admin] }`] })
    const told = audit(text)
    expect(told.findings.map((it) => it.name)).toEqual(["gateway/scope-idle"])
    expect(JSON.stringify(told)).not.toContain(SECRET)
  })

  test("routes behind an earlier, wider parameter are decided on their own track", () => {
    const text = config({ service: ASKING, keys: [key("a", "K1", "read, write")] }).replace(
      "{ path: /orders/*, methods: [GET, POST] }",
      "{ path: /orders/1, methods: [GET] }, { path: '/orders/{id}', methods: [GET, POST] }",
    )
    expect(names(text)).toEqual([])
    expect(names(text.replace("[read, write] }", "[read] }"))).toEqual([["gateway/route-for-nobody", "warning", 7]])
  })
})
