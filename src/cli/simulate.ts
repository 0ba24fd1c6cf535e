import { existsSync } from "node:fs"
import type { Plan } from "../decision/plan.ts"
import { METHODS } from "../facts/methods.ts"
import { explanationFacts } from "../management/decision-facts.ts"
import { answer, type Question, type QuestionKey } from "../management/simulation.ts"
import type { Key } from "../ports/keys.ts"
import type { Groups } from "../ports/model-limits.ts"
import { planOf } from "./config-file.ts"
import { currentPlan } from "./current-plan.ts"
import { Failure } from "./failure.ts"
import { renderAnswer } from "./render-answer.ts"
import { styleFor } from "./style.ts"
import { reading } from "./with-store.ts"

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

const EXIT_CODE = { permit: 0, deny: 1, undetermined: 3 } as const

/** `simulate`: would this request pass? Exit code 0 for yes, 1 for no, 3 when that depends on what was not told. */
export async function simulate(options: SimulateOptions): Promise<void> {
  const { plan, keys, groups } = await asked(options)
  const told = answer(plan, questionOf(options, keys), groups)
  if (options.json) console.log(JSON.stringify({ ...told, blockers: told.blockers.map(explanationFacts) }, null, 2))
  else process.stdout.write(renderAnswer(told, styleFor(process.stdout)))
  process.exitCode = EXIT_CODE[told.verdict]
}

interface Asked {
  readonly plan: Plan<never>
  readonly groups: Groups
  /** By name; where two have one, the plan's own is meant. */
  readonly keys: ReadonlyMap<string, QuestionKey>
}

/** The plan of the file named, or the one in force in the data directory; keys of the store beside those of the plan. */
async function asked({ config, data }: SimulateOptions): Promise<Asked> {
  if (config !== undefined) {
    const { plan, keys, groups } = planOf(config)
    const stored = existsSync(data) ? await reading(data, (store) => store.keys.list()) : []
    return { plan, groups, keys: byName([...stored, ...keys.map(({ key }) => key)]) }
  }
  return reading(data, (store) => {
    const current = currentPlan(store)
    if (current === undefined)
      throw new Failure(`No gateway has run on ${data} yet. Name a configuration with --config FILE.`)
    const written = current.keys.map((key) => ({ ...key, status: "active" }))
    const { plan, groups } = current
    return { plan, groups, keys: byName([...store.keys.list(), ...written]) }
  })
}

const byName = (keys: readonly (QuestionKey | Key)[]): ReadonlyMap<string, QuestionKey> =>
  new Map(keys.map((it) => [it.name, it]))

function questionOf(options: SimulateOptions, keys: Asked["keys"]): Question {
  const { method, path, host, address, length, model, keyName } = options
  const key = keyName === undefined ? undefined : keys.get(keyName)
  if (keyName !== undefined && key === undefined)
    throw new Failure(`There is no key named "${keyName}". There is ${[...keys.keys()].join(", ") || "none at all"}.`)
  return {
    ...(method === undefined ? {} : { method: methodOf(method) }),
    ...(path === undefined ? {} : { path: pathOf(path) }),
    ...(host === undefined ? {} : { host }),
    ...(address === undefined ? {} : { address: addressOf(address) }),
    ...(length === undefined ? {} : { length: lengthOf(length) }),
    ...(model === undefined ? {} : { model }),
    ...(key !== undefined ? { key } : options.key === false ? { key: null } : {}),
  }
}

function methodOf(text: string): string {
  const method = METHODS.find((it) => it === text.toUpperCase())
  if (method === undefined) throw new Failure(`--method takes one of ${METHODS.join(", ")}, not "${text}".`)
  return method
}

/** Without the query, which no decision looks at. */
function pathOf(text: string): string {
  if (!text.startsWith("/")) throw new Failure(`--path takes a path such as /orders/1, not "${text}".`)
  return text.replace(/[?#].*$/s, "")
}

function addressOf(text: string): string {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(text) || text.includes(":")) return text
  throw new Failure(`--address takes an IP address, not "${text}".`)
}

function lengthOf(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new Failure(`--length takes a number of bytes, not "${text}".`)
  return Number(text)
}
