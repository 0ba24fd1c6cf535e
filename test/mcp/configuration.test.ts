import { describe, expect, test } from "bun:test"
import { loadConfig } from "../../src/config/load.ts"

const faultsOf = (mcp: string, more = ""): readonly string[] =>
  loadConfig(`mcp:\n${mcp}\n${more}`, "gateway.yaml", {}).faults.map(
    ({ severity, source, message, hint }) =>
      `${severity} ${source.path}: ${message}${hint === undefined ? "" : ` (${hint})`}`,
  )

const SERVER = '  servers: { files: { url: "http://127.0.0.1:9/mcp" } }'

describe("a configuration of servers", () => {
  test("is taken where it is sound", () => {
    expect(faultsOf(SERVER)).toEqual([])
  })

  for (const [what, mcp, told] of [
    ["neither a command nor an address", "  servers: { files: {} }", "either `command` or `url`"],
    ["both", '  servers: { files: { command: [x], url: "http://a" } }', "either `command` or `url`"],
    ["a document without its service", "  servers: { a: { command: [x], openapi: a.json } }", "needs the `url`"],
    ["headers for a program", "  servers: { a: { command: [x], headers: { A: b } } }", "`headers` are for a `url`"],
    ["an environment for an address", '  servers: { a: { url: "http://a", env: { A: b } } }', "are for a `command`"],
    ["a header that breaks out", '  servers: { a: { url: "http://a", headers: { A: "b\\r\\nC: d" } } }', "printable"],
    ["a name that is no scheme", '  servers: { A_b: { url: "http://a" } }', "a server's name"],
  ] as const)
    test(`is refused with what is wrong: ${what}`, () => {
      const faults = loadConfig(`mcp:\n${mcp}\n`, "gateway.yaml", {}).faults
      expect(JSON.stringify(faults)).toContain(told)
    })

  test("is refused where two servers have one prefix", () => {
    const twins = '  servers: { a: { url: "http://a", prefix: x }, b: { url: "http://b", prefix: x } }'
    expect(faultsOf(twins)).toEqual([
      'error mcp.servers.b: the names of "b" begin as those of "a" do: with "x" (give each server a prefix of its own)',
    ])
  })

  test("warns of patterns that stand for no server's names", () => {
    const keys = 'keys: [{ name: one, key: secret-0123456789abcdef, tools: ["files__*", "file__read", "f*", "*"] }]'
    expect(faultsOf(SERVER, keys)).toEqual([
      "warning keys[0].tools[1]: no server has names such as file__read (did you mean files__?)",
    ])
  })
})
