import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { answersIn } from "../src/adapters/answers/late-answers.ts"
import { createMeter } from "../src/adapters/meter/shared-meter.ts"
import { openStore } from "../src/adapters/sqlite/store.ts"
import { loadConfig } from "../src/config/load.ts"
import { Gateway } from "../src/gateway/gateway.ts"
import type { Store } from "../src/ports/store.ts"
import { printFaults } from "../src/text/fault.ts"

/** A gateway on a free port with a real store, in this process. */
export interface TestGateway {
  readonly url: string
  readonly port: number
  readonly store: Store
  readonly data: string
  readonly token: string
  /** Faults of the gateway's own; a test that expects none says so. */
  readonly faults: unknown[]
  swap(config: string): void
  stop(): Promise<void>
}

export type Env = Readonly<Record<string, string>>

export function planFor(config: string, env: Env, file = "gateway.yaml") {
  const { plan, faults } = loadConfig(config, file, env)
  if (plan === undefined) throw new Error(printFaults(faults, config, { color: false }))
  return plan
}

export function startTestGateway(config: string, env: Env = {}): TestGateway {
  const plan = planFor(config, env)
  const data = mkdtempSync(join(tmpdir(), "pinpoint-test-"))
  const store = openStore(data)
  store.plans.keep(plan.revision, plan.text)
  const token = store.token.renew()
  const faults: unknown[] = []
  const answers = answersIn(data)
  const gateway = new Gateway({
    plan,
    keys: store.keys,
    records: store.records,
    token: store.token,
    meter: createMeter(),
    ledger: store.ledger,
    answers,
    clock: Date.now,
    sharesPort: false,
    onFault: (fault) => faults.push(fault),
  })
  return {
    url: `http://127.0.0.1:${gateway.port}`,
    port: gateway.port,
    store,
    data,
    token,
    faults,
    swap: (changed) => {
      const next = planFor(changed, env)
      store.plans.keep(next.revision, next.text)
      gateway.swap(next)
    },
    stop: async () => {
      await gateway.stop(1000)
      answers.close()
      store.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

const example = await Bun.file(join(import.meta.dir, "example.yaml")).text()

/** The README's configuration, listening on a free port, with the given servers behind it. */
export const exampleWith = (upstream: string, provider = "http://127.0.0.1:9100"): string =>
  example
    .replace("listen: 127.0.0.1:8080", "listen: 127.0.0.1:0")
    .replace("http://127.0.0.1:9000", upstream)
    .replace("http://127.0.0.1:9100", provider)

export const EXAMPLE_ENV = { ALICE_KEY: "alice-0123456789abcdef", BOB_KEY: "bob-0123456789abcdef01" }
