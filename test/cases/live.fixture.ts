import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { answersIn } from "../../src/adapters/answers/late-answers.ts"
import { openStore } from "../../src/adapters/sqlite/store.ts"
import { requestBytes } from "../../src/causes/case-bytes.ts"
import type { CaseRequest, Scene } from "../../src/causes/case-file.ts"
import type { GatewayPlan } from "../../src/config/gateway-plan.ts"
import { Gateway } from "../../src/gateway/gateway.ts"
import type { DecisionRecord } from "../../src/ports/records.ts"
import type { Store } from "../../src/ports/store.ts"
import { planFor } from "../gateway.fixture.ts"
import { ask, fieldOf, type Got } from "./caller.fixture.ts"
import { outsideOf } from "./outside.fixture.ts"
import { startService } from "./upstream.fixture.ts"

/** How the service behind the gateway is called in cases; a free port of this machine takes its place. */
const SERVICE = /orders\.internal:9000|models\.internal:9100/g

export const CASE_ENV = {
  ALICE_KEY: "alice-0123456789abcdef",
  BOB_KEY: "bob-0123456789abcdef01",
  PROVIDER_KEY: "provider-0123456789abcdef",
}

/** A Wednesday morning: answers that name the time are the same whenever they are made. */
const NOW = Date.UTC(2025, 0, 1, 9)

/** What became of a scene, and what is needed to ask about it. */
export interface Lived {
  readonly plan: GatewayPlan
  readonly store: Store
  /** Answers, in the order of the requests. */
  readonly answers: readonly Got[]
  readonly last: Got
  /** Of the last request; undefined where it was not kept. */
  readonly record: DecisionRecord | undefined
  /** Faults of the gateway's own. */
  readonly faults: readonly unknown[]
}

/** Runs a scene on a gateway of its own, from socket to socket. `asOperator`: the last request proves that an operator asks. */
export async function live<T>(scene: Scene, asOperator: boolean, look: (lived: Lived) => T): Promise<T> {
  const service = startService(scene.upstream)
  const plan = planFor(scene.configuration.replace(SERVICE, service.authority), CASE_ENV)
  const data = mkdtempSync(join(tmpdir(), "pinpoint-case-"))
  const store = openStore(data)
  store.plans.keep(plan.revision, plan.text)
  const faults: unknown[] = []
  const answers = answersIn(data)
  const { keys, meter, plan: given } = outsideOf(scene.outside, plan, store)
  const gateway = new Gateway({
    plan: given,
    keys,
    meter,
    ledger: store.ledger,
    answers,
    records: store.records,
    token: store.token,
    clock: () => NOW,
    sharesPort: false,
    port: 0,
    onFault: (fault) => faults.push(fault),
  })
  try {
    const token = asOperator ? store.token.renew() : undefined
    const got = await askAll(scene.requests, gateway.port, token)
    const last = got.at(-1)
    if (last === undefined) throw new Error("a scene has a request")
    store.records.flush()
    const id = fieldOf(last, "Pinpoint-Decision")
    const record = id === undefined ? undefined : store.records.find(id)
    return look({ plan, store, answers: got, last, record, faults })
  } finally {
    await gateway.stop(0)
    service.stop()
    answers.close()
    store.close()
    rmSync(data, { recursive: true, force: true })
  }
}

async function askAll(requests: readonly CaseRequest[], port: number, token: string | undefined): Promise<Got[]> {
  const answers: Got[] = []
  for (const [i, request] of requests.entries()) {
    const isLast = i === requests.length - 1
    const bytes = requestBytes(token !== undefined && isLast ? withToken(request, token) : withKeys(request))
    answers.push(await ask(port, bytes, request.ends))
  }
  return answers
}

/** The field is put where a head that can be read at all is read with it. */
function withToken(request: CaseRequest, token: string): CaseRequest {
  const { text, ...rest } = withKeys(request)
  return { ...rest, text: text.replace("\n", `\nPinpoint-Operator: ${token}\n`) }
}

const withKeys = ({ text, ...rest }: CaseRequest): CaseRequest => ({
  ...rest,
  text: text.replace(/\$\{(\w+)\}/g, (all, name: string) => new Map(Object.entries(CASE_ENV)).get(name) ?? all),
})
