import { expect, test } from "bun:test"
import { join } from "node:path"
import { openStore } from "./store.ts"
import { inDirectory } from "./temporary.fixture.ts"

const KILLS = 20
const AT_RISK_MS = 100

test(
  "killed at any moment, the store opens again with every key it acknowledged and every record older than 100 ms",
  () =>
    inDirectory(async (directory) => {
      const secrets: string[] = []
      for (let kill = 0; kill < KILLS; kill++) {
        const said = await killedWhileWriting(directory)
        secrets.push(...said.filter((it) => it.startsWith("key ")).map((it) => it.slice(4)))
        const store = openStore(directory)
        for (const secret of secrets) expect(store.keys.find(secret)?.status).toBe("active")
        for (const id of mustBeKept(said)) expect(store.records.find(id)?.id).toBe(id)
        store.close()
      }
      expect(secrets.length).toBeGreaterThan(KILLS)
    }),
  120_000,
)

/** The whole lines that the child wrote before it was killed. */
async function killedWhileWriting(directory: string): Promise<string[]> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "crash.fixture.ts"), directory], { stdout: "pipe" })
  let text = ""
  const decoder = new TextDecoder()
  for await (const chunk of child.stdout) {
    if (text === "") setTimeout(() => child.kill("SIGKILL"), 50 + Math.random() * 350)
    text += decoder.decode(chunk, { stream: true })
  }
  await child.exited
  return text.slice(0, text.lastIndexOf("\n")).split("\n")
}

/** Records acknowledged long enough before the last step began. */
function mustBeKept(said: readonly string[]): string[] {
  const records = said.filter((it) => it.startsWith("record ")).map((it) => it.split(" "))
  const last = Number(said.findLast((it) => it.startsWith("step "))?.slice(5))
  return records.filter(([, , at]) => Number(at) < last - AT_RISK_MS).map(([, id]) => id ?? "")
}
