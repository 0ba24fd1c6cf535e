import { expect, setDefaultTimeout, test } from "bun:test"
import { join } from "node:path"
import { inShell, PATIENCE, pinpoint, startPinpoint, temporaryDirectory } from "./process.fixture.ts"

setDefaultTimeout(PATIENCE)

const ROOT = join(import.meta.dir, "..")
const readme = await Bun.file(join(ROOT, "README.md")).text()

/** The blocks of a language. */
const blocks = (language: string): readonly string[] =>
  [...readme.matchAll(/^```(\w*)\n(.*?)^```$/gms)].flatMap(([, of, text = ""]) => (of === language ? [text] : []))

/** Without what differs from run to run. */
const stable = (text: string): string =>
  text
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
    .replace(/after \d+ ms/g, "after N ms")
    .replace(/plan [0-9a-f]{12}/g, "plan REVISION")

test("the README's configuration is the example that tests run", async () => {
  expect(blocks("yaml")).toEqual([await Bun.file(join(ROOT, "test/example.yaml")).text()])
})

test("the README's explanation is what the demonstration says of its refused POST", async () => {
  const directory = temporaryDirectory()
  const anywhere = { PINPOINT_LISTEN: "127.0.0.1:0", PINPOINT_MANAGEMENT: "127.0.0.1:0" }
  const gateway = await startPinpoint(["--data", directory.path], anywhere)
  try {
    const line = /^curl .+-X POST .+$/m.exec(gateway.out())?.[0] ?? ""
    const { out: decision } = await inShell(`${line} -o /dev/null -w '%header{pinpoint-decision}'`)
    const { out } = await pinpoint(["explain", decision, "--data", directory.path])
    const shown = blocks("").find((it) => it.startsWith("$ ./pinpoint explain"))
    expect(stable(`$ ./pinpoint explain ${decision}\n${out}`)).toBe(stable(shown ?? ""))
  } finally {
    await gateway.stop()
    directory.remove()
  }
})

test("every command and every file that the README names is there", async () => {
  for (const [, command = ""] of readme.matchAll(/^\| `(\w+)/gm)) {
    if (/^[a-z]+$/.test(command)) expect((await pinpoint([command, "--help"])).out).toContain(`pinpoint ${command}`)
  }
  for (const [, file = ""] of readme.matchAll(/\]\((\w[\w./]*)\)/g)) {
    const path = join(ROOT, file)
    const isThere = (await Bun.file(path).exists()) || (await Bun.file(join(path, "README.md")).exists())
    expect(`${file} ${isThere}`).toBe(`${file} true`)
  }
})
