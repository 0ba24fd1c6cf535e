import { existsSync } from "node:fs"
import { openStore } from "../adapters/sqlite/store.ts"
import { readPlan } from "../config/stored-plan.ts"
import type { Plan } from "../decision/plan.ts"
import { type Answer, answer, type Question, type QuestionKey } from "../management/simulation.ts"
import { planOf } from "./config-file.ts"
import { Failure } from "./failure.ts"
import { renderExplanation } from "./render-explanation.ts"
import { type Style, styleFor } from "./style.ts"

export interface SimulateOptions {
  readonly method?: string
  readonly path?: string
  readonly host?: string
  readonly address?: string
  readonly length?: string
  readonly model?: string
  readonly keyName?: string
  /** `--no-key`: false. */
  readonly key?: boolean
  readonly config?: string
  readonly data: string
  readonly json: boolean
}

/** `simulate`: would this request pass? Exit code 0 for yes, 1 for no, 3 when that depends on what was not told. */
export function simulate(options: SimulateOptions): void {
  const { plan, keyNamed } = asked(options)
  const told = answer(plan, questionOf(options, keyNamed))
  if (options.json) console.log(JSON.stringify(told, null, 2))
  else process.stdout.write(render(told, styleFor(process.stdout)))
  process.exitCode = { permit: 0, deny: 1, undetermined: 3 }[told.verdict]
}

interface Asked {
  readonly plan: Plan<never>
  keyNamed(name: string): QuestionKey | undefined
}

/** The plan of the file named, or the one in force in the data directory; keys of the store beside those of the plan. */
function asked({ config, data }: SimulateOptions): Asked {
  if (config === undefined && !existsSync(data))
    throw new Failure(
      `There is no directory ${data}. Name a configuration with --config FILE, or a gateway's directory with --data DIR.`,
    )
  const store = existsSync(data) ? openStore(data, { readonly: true }) : undefined
  try {
    const stored = new Map(store?.keys.list().map((it) => [it.name, it]))
    if (config !== undefined) {
      const { plan, keys } = planOf(config)
      const written = new Map(keys.map(({ key }) => [key.name, key]))
      return { plan, keyNamed: (name) => written.get(name) ?? stored.get(name) }
    }
    const revision = store?.plans.current()
    const text = revision === undefined ? undefined : store?.plans.find(revision)
    if (revision === undefined || text === undefined)
      throw new Failure(`No gateway has run on ${data} yet. Name a configuration with --config FILE.`)
    const { plan, keys } = readPlan(revision, text)
    const written = new Map(keys.map((key) => [key.name, { ...key, status: "active" }]))
    return { plan, keyNamed: (name) => written.get(name) ?? stored.get(name) }
  } finally {
    store?.close()
  }
}

function questionOf(options: SimulateOptions, keyNamed: Asked["keyNamed"]): Question {
  const { method, path, host, address, length, model, keyName } = options
  const key = keyName === undefined ? undefined : keyNamed(keyName)
  if (keyName !== undefined && key === undefined)
    throw new Failure(`There is no key named "${keyName}"; \`pinpoint keys list\` shows them.`)
  return {
    ...(method === undefined ? {} : { method: method.toUpperCase() }),
    ...(path === undefined ? {} : { path: path.split("?")[0] ?? path }),
    ...(host === undefined ? {} : { host }),
    ...(address === undefined ? {} : { address }),
    ...(length === undefined ? {} : { length: wholeLength(length) }),
    ...(model === undefined ? {} : { model }),
    ...(key !== undefined ? { key } : options.key === false ? { key: null } : {}),
  }
}

function wholeLength(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new Failure(`--length takes a number of bytes, not "${text}".`)
  return Number(text)
}

function render({ verdict, blockers, unknown }: Answer, style: Style): string {
  const parts: string[] = []
  if (verdict === "permit") parts.push(style.good("It would pass."))
  if (verdict === "undetermined") parts.push("It would pass as far as was told.")
  if (verdict === "deny")
    parts.push(style.bad(`It would be refused${blockers.length > 1 ? `, for ${blockers.length} reasons` : ""}.`))
  for (const blocker of blockers) parts.push("", renderExplanation(blocker, style))
  if (unknown.length > 0) parts.push("", `Not told, and able to refuse it still: ${unknown.join(", ")}`)
  return `${parts.join("\n")}\n`
}
