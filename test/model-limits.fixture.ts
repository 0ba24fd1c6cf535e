import { createMeter } from "../src/adapters/meter/shared-meter.ts"
import { openStore } from "../src/adapters/sqlite/store.ts"
import { temporaryDirectory } from "../src/adapters/sqlite/temporary.fixture.ts"
import { internalUnreadable } from "../src/causes/internal/unreadable.ts"
import { modelNotFound } from "../src/causes/model/not-found.ts"
import { type Clause, check, following } from "../src/decision/check.ts"
import { readFact } from "../src/decision/fact.ts"
import { type Plan, plan } from "../src/decision/plan.ts"
import { oneOf } from "../src/decision/relations.ts"
import type { Source } from "../src/decision/source.ts"
import { identityFacts } from "../src/facts/identity.ts"
import { modelName } from "../src/facts/model.ts"
import type { World } from "../src/facts/world.ts"
import { modelLimitClauses } from "../src/policies/model-limits/model-limits.ts"
import type { Key } from "../src/ports/keys.ts"
import type { Groups, ModelLimits, Placed } from "../src/ports/model-limits.ts"
import { NO_GROUPS } from "../src/ports/model-limits.ts"
import { nanoUsd, usd } from "../src/ports/money.ts"

export const NOW = Date.UTC(2026, 10, 21, 12)
const ASKED: Source = { file: "gateway.yaml", line: 1, path: "models" }

export const at = (path: string): Source => ({ file: "gateway.yaml", path })
export const placed = <T>(value: T, path: string): Placed<T> => ({ value, source: at(path) })
export const dollarsAt = (amount: string, path: string) => placed(usd(amount), path)

/** A model call as far as limits look at it. */
export interface Asked {
  readonly key?: Partial<Key>
  readonly model?: string
  readonly cost?: string
  readonly tokens?: number
  readonly now?: number
}

export interface Setting {
  readonly groups?: Groups
  readonly models?: Readonly<Record<string, ModelLimits>>
}

/** Where calls are counted: a real ledger and a real meter, and the plan of all limits on models. */
export function counting(setting: Setting = {}) {
  const directory = temporaryDirectory()
  const store = openStore(directory.path)
  const meter = createMeter()
  return {
    plan: planOf(setting),
    ledger: store.ledger,
    meter,
    world: (asked: Asked = {}): World => worldOf(asked, store.ledger, meter),
    close: () => {
      store.close()
      directory.remove()
    },
  }
}
export type Counting = ReturnType<typeof counting>

function planOf({ groups = NO_GROUPS, models = {} }: Setting): Plan<World> {
  const names = ["gpt-small", "gpt-large", "claude", ...Object.keys(models)]
  const known: Clause<World> = {
    stage: "content",
    cause: modelNotFound,
    anyOf: [check(modelName, oneOf, following(names, ASKED, "anonymous"))],
    whenUnknown: { deny: internalUnreadable },
  }
  const clauses = modelLimitClauses({
    identity: identityFacts([{ kind: "bearer" }]),
    groups,
    model: (name) => {
      const limits = models[name]
      return limits === undefined ? undefined : { name, limits }
    },
    ofModels: Object.values(models),
    source: ASKED,
  })
  const selector = readFact({
    name: "track",
    since: "wire",
    party: "nobody",
    shownTo: "operator",
    read: (_: World): string => "chat",
  })
  return plan({ revision: "r1", selector, tracks: new Map([["chat", [known, ...clauses]]]) })
}

const never = (): never => {
  throw new Error("limits on models do not ask for it")
}

function worldOf(asked: Asked, ledger: World["ledger"], meter: World["meter"]): World {
  const { key: some = {}, model = "gpt-small", cost = "1", tokens = 100, now = NOW } = asked
  const key: Key = { name: "alice", scopes: [], status: "active", prefix: "", source: at("keys[0]"), ...some }
  return {
    now,
    address: "192.0.2.7",
    method: "POST",
    host: "",
    path: "/v1/chat/completions",
    wireFault: "none",
    wireSeen: "",
    declaredLength: 0,
    receivedLength: 0,
    upstreamFault: "none",
    upstreamSeen: "",
    providerFault: "none",
    providerSeen: "",
    modelOperation: "chat",
    meter,
    ledger,
    decision: Bun.randomUUIDv7(),
    modelCall: {
      model,
      estimate: { inputTokens: tokens, outputTokens: 0, cost: nanoUsd(usd(cost)) },
    },
    identify: () => ({ kind: "known", place: "Authorization: Bearer", key }),
    modelRequest: async () => ({ length: 0, body: "a JSON object", model, fault: null, losses: null }),
    mcpRequest: never,
    get guarded() {
      return never()
    },
    get ask() {
      return never()
    },
    mcpRead: undefined,
    metered: () => undefined,
  }
}
