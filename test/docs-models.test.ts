import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { CAUSES } from "../src/causes/catalogue.gen.ts"
import { startProvider } from "../src/cli/demo/scripted-provider.ts"
import { loadConfig } from "../src/config/load.ts"
import { ENDPOINTS } from "../src/models/endpoints.ts"
import { isOfKey, mayPass, mayPassElsewhere, PROVIDER_FAULTS } from "../src/models/provider-fault.ts"
import { printFaults } from "../src/text/fault.ts"
import { placeholders } from "./placeholders.fixture.ts"
import { type GatewayProcess, inShell, PATIENCE, startPinpoint, temporaryDirectory } from "./process.fixture.ts"

setDefaultTimeout(PATIENCE)

const PATH = join(import.meta.dir, "../docs/models.md")
const CONSOLE = /^```console\n\$ (.+)\n([\s\S]*?)^```$/gm
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const page = await Bun.file(PATH).text()
const configurations = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => text)
/** The one that the commands are run on. */
const whole = configurations[1] ?? ""

test("every configuration that the guide shows is sound, whatever is in the environment", () => {
  expect(configurations.length).toBeGreaterThan(5)
  for (const text of configurations) {
    const { faults } = loadConfig(text, "models.md", placeholders(text))
    expect(printFaults(faults, text, { color: false })).toBe("")
  }
})

test("the guide names every address at which models are asked", () => {
  for (const { path } of ENDPOINTS) expect(page).toContain(`POST ${path.replace("/*", "/<model>")}`)
})

describe("the guide's table of failures", () => {
  const rows = new Map(
    [...page.matchAll(/^\| \[provider\/([a-z-]+)\]\(causes\/provider\/\1\.md\) \| (\d+) \|(.+)\|$/gm)].map(
      ([, code = "", status = "", rest = ""]) => [code, { status, cells: rest.split("|").map((it) => it.trim()) }],
    ),
  )

  test("has a row for every failure there is", () => {
    expect([...rows.keys()].sort()).toEqual([...PROVIDER_FAULTS].sort())
  })

  for (const code of PROVIDER_FAULTS)
    test(`says of ${code} what is done about it`, () => {
      const { status, cells: [, again, key, target] = [] } = rows.get(code) ?? {}
      const yes = (is: boolean): string => (is ? "yes" : "no")
      expect(Number(status)).toBe(CAUSES.find((it) => it.code === `provider/${code}`)?.status ?? 0)
      // What took too long is not begun again, and a limit is waited for.
      const isRepeated = mayPass(code) && code !== "too-slow"
      expect(again).toBe(code === "rate-limited" ? "after a short pause" : yes(isRepeated))
      expect(key).toBe(yes(isOfKey(code)))
      expect(target).toBe(yes(mayPassElsewhere(code)))
    })
})

describe("the commands that the guide shows", () => {
  const directory = temporaryDirectory()
  const config = join(directory.path, "pinpoint.yaml")
  const data = join(directory.path, "data")
  const limiting = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: () => Response.json({ error: { message: "Rate limit reached.", type: "requests" } }, { status: 429 }),
  })
  const provider = startProvider()
  let gateway: GatewayProcess

  beforeAll(async () => {
    const text = whole
      .replace("use: openai", `use: openai, url: "http://127.0.0.1:${limiting.port}/v1"`)
      .replace("use: groq", `use: groq, url: "${provider.url}/v1"`)
    writeFileSync(config, `${text}listen: 127.0.0.1:0\nmanagement: 127.0.0.1:0\n`)
    gateway = await startPinpoint(["--config", config, "--data", data], placeholders(whole))
  })
  afterAll(async () => {
    await Promise.all([gateway.stop(), limiting.stop(), provider.stop()])
    directory.remove()
  })

  /** Without what differs from run to run. */
  const stable = (text: string): string =>
    text
      .replaceAll(`${directory.path}/`, "")
      .replace(UUID, "01a1ffbb-8939-77aa-91b0-394979d2f75c")
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "2026-11-21T20:10:42.873Z")
      .replace(/after \d+ ms/g, "after 12 ms")
      .replace(/plan [0-9a-f]{12}/g, "plan 4e16b7b7b53d")
      // Whose turn of the pool it is depends on the decision's id.
      .replace(/openai#2([\s\S]*?)openai#1/, "openai#1$1openai#2")

  test("make the first call, on the first configuration", async () => {
    const [first = ""] = configurations
    const [, call = ""] = /^```\n(curl [\s\S]*?)^```$/m.exec(page) ?? []
    using place = temporaryDirectory()
    const file = join(place.path, "pinpoint.yaml")
    const text = first.replace("use: openai", `use: openai, url: "${provider.url}/v1"`)
    writeFileSync(file, `${text}listen: 127.0.0.1:0\nmanagement: 127.0.0.1:0\n`)
    const one = await startPinpoint(["--config", file, "--data", join(place.path, "data")], placeholders(first))
    try {
      const { out } = await inShell(
        call.replace("http://127.0.0.1:8080", one.url).replace("$APP_KEY", placeholders(first).APP_KEY ?? ""),
      )
      expect(JSON.parse(out)).toMatchObject({ object: "chat.completion", model: "gpt-4o-mini" })
    } finally {
      await one.stop()
    }
  })

  test("print what it shows", async () => {
    expect([...page.matchAll(CONSOLE)].length).toBeGreaterThan(2)
    let updated = page
    let decision = ""
    for (const [block, command = "", shown = ""] of page.matchAll(CONSOLE)) {
      const line = command
        .replace("http://127.0.0.1:8080", gateway.url)
        .replace("$APP_KEY", placeholders(whole).APP_KEY ?? "")
        .replace(/^\.\/pinpoint .*$/, `$& --data ${data}`)
        .replace(UUID, decision)
      const { out, err } = await inShell(line)
      expect(err).toBe("")
      decision = out.match(UUID)?.[0] ?? decision
      if (process.env.UPDATE !== "1") expect(stable(out)).toBe(stable(shown))
      updated = updated.replace(block, () => `\`\`\`console\n$ ${command}\n${stable(out)}\`\`\``)
    }
    if (process.env.UPDATE === "1") await Bun.write(PATH, updated)
  })
})
