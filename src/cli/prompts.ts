import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { GatewayPlan } from "../config/gateway-plan.ts"
import { objectOf, parseObject, textOf } from "../models/json.ts"
import { shortfalls } from "../prompts/expectation.ts"
import { type Prompt, type PromptTest, type PublishedPrompt, promptPath } from "../prompts/prompt.ts"
import { planOf } from "./config-file.ts"
import { columns, styleFor } from "./style.ts"
import { startTrial, type Trial } from "./trial-gateway.ts"

/** What became of one test of one version of a prompt. */
interface Tried {
  readonly prompt: string
  readonly version: number
  /** From 1, in the order written. */
  readonly test: number
  /** In what ways the output is not what was expected, or why there was none; none where it passed. */
  readonly faults: readonly string[]
  readonly milliseconds: number
}

/**
 * `prompts test`: asks each prompt what its tests say, through a gateway of the file in this process, which asks the providers
 * that are configured. Exit code 1 where a test fails.
 */
export async function testPrompts(file: string, { json }: { readonly json: boolean }): Promise<void> {
  const plan = planOf(file)
  const prompts = promptsOf(plan)
  const tried = await inTrial(plan, (trial) => tryAll(prompts, trial))
  if (json) console.log(JSON.stringify({ ok: tried.every(hasPassed), tests: tried }, null, 2))
  else console.log(told(tried, file))
  if (!tried.every(hasPassed)) process.exitCode = 1
}

const hasPassed = ({ faults }: Tried): boolean => faults.length === 0

const promptsOf = ({ destinations }: GatewayPlan): readonly PublishedPrompt[] =>
  [...destinations.values()].find((it) => it.kind === "prompts")?.prompts ?? []

async function inTrial<T>(plan: GatewayPlan, use: (trial: Trial) => Promise<T>): Promise<T> {
  const data = mkdtempSync(join(tmpdir(), "pinpoint-prompts-"))
  const trial = startTrial(plan, data)
  try {
    return await use(trial)
  } finally {
    await trial.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

/** One after the other, as providers limit how many calls they take at once. */
async function tryAll(prompts: readonly PublishedPrompt[], trial: Trial): Promise<readonly Tried[]> {
  const tried: Tried[] = []
  for (const { versions } of prompts)
    for (const prompt of versions)
      for (const [i, test] of prompt.tests.entries()) {
        const began = performance.now()
        const faults = await faultsOf(prompt, test, trial)
        const milliseconds = Math.round(performance.now() - began)
        tried.push({ prompt: prompt.name, version: prompt.version, test: i + 1, faults, milliseconds })
      }
  return tried
}

async function faultsOf(
  prompt: Prompt,
  { inputs, expect }: PromptTest,
  { url, key }: Trial,
): Promise<readonly string[]> {
  const response = await fetch(url + promptPath(prompt.name, prompt.version), {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ inputs }),
  })
  const answer = parseObject(await response.text())
  if (response.ok) return shortfalls(objectOf(answer)?.output, expect, prompt.output)
  const why = textOf(answer?.detail) ?? "nothing is said of why"
  return [`refused with ${response.status}, ${textOf(answer?.cause) ?? "no cause"}: ${why}`]
}

function told(tried: readonly Tried[], file: string): string {
  if (tried.length === 0) return `No prompt of ${file} has tests. They are written under \`tests\` of a prompt.`
  const style = styleFor(process.stdout)
  const rows = tried.map((it) => [
    it.prompt,
    String(it.version),
    String(it.test),
    hasPassed(it) ? style.good("passed") : style.bad("failed"),
    `${it.milliseconds} ms`,
    it.faults.join("; "),
  ])
  const failed = tried.filter((it) => !hasPassed(it)).length
  const sum = failed === 0 ? `All ${tried.length} passed.` : `${failed} of ${tried.length} failed.`
  return `${columns([["prompt", "version", "test", "result", "took", "why"], ...rows])}\n\n${sum}`
}
