import { afterAll, beforeAll, expect, test } from "bun:test"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { providerLines } from "./gateway.fixture.ts"
import { type Provider, startProvider } from "./providers/provider.fixture.ts"

/** `pinpoint prompts test` as people run it, its prompts asked of a scripted provider. */
let provider: Provider
let dir: string
beforeAll(async () => {
  provider = await startProvider("openai-chat")
  dir = mkdtempSync(join(tmpdir(), "pinpoint-test-"))
})
afterAll(async () => {
  await provider.stop()
  rmSync(dir, { recursive: true, force: true })
})

const root = join(import.meta.dir, "../..")

async function run(prompts: string, ...more: readonly string[]) {
  const file = join(dir, "gateway.yaml")
  await Bun.write(
    file,
    `
listen: 127.0.0.1:0
keys: [{ name: alice, key: alice-0123456789abcdef, scopes: [ask] }]
policies: [{ key-auth: {} }, { scopes: { "*": [ask] } }]
models:
  small: { targets: [{ provider: p, model: m }], retries: 0 }
  failing: { targets: [{ provider: p, model: fault-500 }], retries: 0 }
providers: { p: ${providerLines("openai-chat", provider.url)} }
prompts:
${prompts}`,
  )
  const command = [process.execPath, join(root, "src/cli/main.ts"), "prompts", "test", file, ...more]
  const child = Bun.spawn(command, { cwd: dir, stdout: "pipe", stderr: "pipe", env: { ...process.env, NO_COLOR: "1" } })
  const [out, err] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
  return { code: await child.exited, out, err }
}

const SAY = `  say:
    model: small
    inputs: { text: { type: string } }
    user: "say {{text}}"
    tests:
      - { inputs: { text: hello }, expect: { contains: [hel], matches: "^hello$" } }
`

test("tests that pass are told in a table, with exit code 0", async () => {
  const { code, out } = await run(SAY)
  expect(code).toBe(0)
  expect(out).toMatch(/say\s+1\s+1\s+passed/)
  expect(out).toContain("All 1 passed.")
})

test("a test that fails, and a prompt that is refused, are told with why, with exit code 1", async () => {
  const more = `      - { inputs: { text: bye }, expect: { contains: [hello] } }
    versions: { 2: { model: failing, user: x, tests: [{}] } }
`
  const { code, out } = await run(SAY + more)
  expect(code).toBe(1)
  expect(out).toMatch(/say\s+1\s+1\s+passed/)
  expect(out).toMatch(/say\s+1\s+2\s+failed.*does not contain "hello": bye/)
  expect(out).toMatch(/say\s+2\s+1\s+failed.*refused with 502, provider\/failed/)
  expect(out).toContain("2 of 3 failed.")
  const { code: same, out: json } = await run(SAY + more, "--json")
  expect(same).toBe(1)
  expect(JSON.parse(json)).toMatchObject({ ok: false, tests: [{ faults: [] }, { test: 2 }, { version: 2 }] })
})

test("where nothing is to be tested that is said", async () => {
  const { code, out } = await run("  say: { model: small, user: x }\n")
  expect(code).toBe(0)
  expect(out).toContain("has tests")
})

test("a test whose inputs the prompt would not take is a fault of the file", async () => {
  const { code, err } = await run("  say: { model: small, user: x, tests: [{ inputs: { nobody: 1 } }] }\n")
  expect(code).toBe(1)
  expect(err).toContain("inputs.nobody must be absent")
})
