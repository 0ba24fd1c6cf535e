import { afterAll, expect, setDefaultTimeout, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { EXAMPLE_ENV } from "./gateway.fixture.ts"
import { PATIENCE, pinpoint, temporaryDirectory } from "./process.fixture.ts"

setDefaultTimeout(PATIENCE)

const directory = temporaryDirectory()
const file = join(directory.path, "pinpoint.yaml")
afterAll(() => directory.remove())

const COMMANDS = [
  "up",
  "check",
  "explain",
  "simulate",
  "keys",
  "keys create",
  "keys list",
  "keys grant",
  "keys revoke",
  "token",
]

test.each(COMMANDS)("`%s --help` shows options and examples", async (command) => {
  const { code, out } = await pinpoint([...command.split(" "), "--help"])
  expect(code).toBe(0)
  expect(out).toContain(`Usage: pinpoint ${command}`)
  expect(out).toContain(`  $ ./pinpoint ${command}`)
})

test("its own help names every command, and its version is that of the package", async () => {
  const { out } = await pinpoint(["--help"])
  for (const command of COMMANDS) expect(out).toContain(command.split(" ")[0] ?? "")
  const { version } = z
    .object({ version: z.string() })
    .parse(await Bun.file(join(import.meta.dir, "../package.json")).json())
  expect((await pinpoint(["--version"])).out).toBe(`${version}\n`)
})

test.each([
  ["chekc", "error: unknown command 'chekc'\n(Did you mean check?)\n"],
  ["check --jsno", "error: unknown option '--jsno'\n(Did you mean --json?)\n"],
  ["explain", "error: missing required argument 'what'\n"],
  ["up --workers none", '--workers takes a number from 1 to 64, not "none".\n'],
  [
    "up --config /nowhere/pinpoint.yaml",
    "There is no file /nowhere/pinpoint.yaml. Name the configuration with --config FILE.\n",
  ],
  ["check /tmp", "/tmp cannot be read: EISDIR: illegal operation on a directory, read\n"],
  ["explain access/scope-mising", 'There is no cause "access/scope-mising". Did you mean access/scope-missing?\n'],
  ["explain scope-missing", 'There is no cause "scope-missing". Did you mean access/scope-missing?\n'],
])("`%s` fails with a clear line", async (line, said) => {
  const { code, out, err } = await pinpoint(line.split(" "))
  expect({ code, out, err }).toEqual({ code: 1, out: "", err: said })
})

test("a cause is explained by its code, and by the address in a refusal's `type`", async () => {
  const { code, out } = await pinpoint(["explain", "access/scope-missing"])
  expect(code).toBe(0)
  expect(out).toContain("access/scope-missing")
  expect((await pinpoint(["explain", "/.well-known/pinpoint/causes/access/scope-missing"])).out).toBe(out)
  const facts = JSON.parse((await pinpoint(["explain", "access/scope-missing", "--json"])).out)
  expect(facts).toMatchObject({ code: "access/scope-missing", status: 403 })
})

const FAULTY = `listen: 127.0.0.1:8080
services:
  orders:
    upstream: http://127.0.0.1:9000
    routes: [{ path: /orders/* }, { path: /orders/new }]
    policies: [{ kee-auth: {} }]
limits: { head: 12 parsecs }
`

test("a check tells every fault at once, each at its place, which is exit code 1", async () => {
  writeFileSync(file, FAULTY)
  const { code, out, err } = await pinpoint(["check", file])
  expect({ code, out }).toEqual({ code: 1, out: "" })
  expect(err).toContain(`${file}:6:18 error`)
  expect(err).toContain("did you mean key-auth?")
  expect(err).toContain(`${file}:7:17 error`)
  expect(err).toEndWith("\n2 errors\n")
  expect(err).not.toContain("\u001b")
})

test("a check for machines tells the same faults as JSON", async () => {
  writeFileSync(file, FAULTY)
  const { code, out, err } = await pinpoint(["check", "--config", file, "--json"])
  expect({ code, err }).toEqual({ code: 1, err: "" })
  expect(JSON.parse(out)).toMatchObject({
    ok: false,
    faults: [
      { line: 6, column: 18 },
      { line: 7, column: 17 },
    ],
  })
})

test("a check finds routes that no request can reach", async () => {
  writeFileSync(file, FAULTY.replace("kee-auth", "key-auth").replace("12 parsecs", "32KiB"))
  const { code, err } = await pinpoint(["check", file])
  expect(code).toBe(1)
  expect(err).toContain(`${file}:5:35 error  no request can reach this route: orders.routes[0] takes them all`)
})

test("a check warns of keys that open nothing, and a warning is no error", async () => {
  const example = await Bun.file(join(import.meta.dir, "example.yaml")).text()
  // A key that may call models is not idle.
  const withoutModels = example.slice(0, example.indexOf("models:"))
  writeFileSync(file, withoutModels.replace("scopes: [orders:read]\n", "scopes: [orders:raed]\n"))
  const { code, out, err } = await pinpoint(["check", file], EXAMPLE_ENV)
  expect(code).toBe(0)
  expect(err).toContain("warning")
  expect(err).toContain('the key "alice" opens no route')
  expect(err).toContain("did you mean orders:read?")
  expect(out).toMatch(/is sound: plan [0-9a-f]{12}/)
})
