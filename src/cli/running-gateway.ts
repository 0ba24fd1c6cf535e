import { createMeter } from "../adapters/meter/shared-meter.ts"
import { openStore } from "../adapters/sqlite/store.ts"
import type { GatewayPlan } from "../config/gateway-plan.ts"
import type { Environment } from "../config/load.ts"
import { type Management, startManagement } from "../management/management.ts"
import { dollars } from "../ports/money.ts"
import type { Store } from "../ports/store.ts"
import { loadFile, shownName, toldFaults } from "./config-file.ts"
import { Failure } from "./failure.ts"
import { keptLine } from "./kept-line.ts"
import { listening, mustBeFree } from "./listening.ts"
import { logStyle, say, sayFault } from "./log.ts"
import { type Plane, type PlaneEvents, type PlaneInput, startPlane } from "./plane.ts"
import { Reloader } from "./reloader.ts"
import { watchFile } from "./watch.ts"
import { startWorkers } from "./workers.ts"

export interface RunOptions {
  readonly file: string
  readonly env: Environment
  readonly data: string
  readonly workers: number
  /** Say a line for each decision that is kept. */
  readonly tells: boolean
  /** What to do where an address is taken: "set `listen`". */
  readonly mend: (setting: "listen" | "management") => string
  /** A thread of the gateway died. */
  readonly onEnd: () => void
}

export interface RunningGateway {
  readonly plan: GatewayPlan
  readonly store: Store
  readonly port: number
  readonly managementPort: number
  stop(graceMs: number): Promise<void>
}

const PRUNE_EVERY = 3_600_000
/** How often calls are looked for whose process died and left what they cost unsettled. */
const SETTLE_EVERY = 60_000
/** After which a call's thread is taken to have failed, whatever its process does. No answer takes as long. */
const ABANDONED_AFTER = 6 * 3_600_000

/** Starts all that a gateway is made of. @throws Failure where that cannot be done; the process is then to end. */
export async function runGateway(options: RunOptions): Promise<RunningGateway> {
  const { file, env, data } = options
  const loaded = loadFile(file, env)
  process.stderr.write(toldFaults(loaded, process.stderr.isTTY === true))
  const { plan } = loaded
  if (plan === undefined) throw new Failure(`${file} has faults, so the gateway was not started.`)
  const store = openStore(data, { onFault: sayFault })
  store.plans.keep(plan.revision, plan.text)
  const prune = (): void => void store.records.prune(Date.now() - reloader.plan.settings.records.keep)
  const plane = await openPlane(plan, loaded.text, options)
  const reloader = new Reloader({ file, env, plan, text: loaded.text, store, plane })
  const management = await openManagement(plan, store, reloader, options)
  const unwatch = watchFile(file, () => reloader.reload())
  process.on("SIGHUP", () => reloader.reload({ asked: true }))
  prune()
  keepLedger(store)
  const pruning = setInterval(prune, PRUNE_EVERY)
  const settling = setInterval(() => keepLedger(store), SETTLE_EVERY)
  return {
    plan,
    store,
    port: plane.port,
    managementPort: management.port,
    stop: async (graceMs) => {
      clearInterval(pruning)
      clearInterval(settling)
      unwatch()
      await plane.stop(graceMs)
      await management.stop()
      store.close()
    },
  }
}

/** Books at their estimates the calls nobody settled, and says so: the provider may have been asked, and must be paid. */
function keepLedger({ ledger }: Store): void {
  try {
    for (const { call, estimate, accounts } of ledger.settleAbandoned(Date.now() - ABANDONED_AFTER))
      say(
        `The call ${call} was not settled before its process ended; $${dollars(estimate)}, its estimate, is counted for ${accounts.join(", ")}.`,
      )
    ledger.forget(Date.now())
  } catch (fault) {
    sayFault(fault)
  }
}

function openPlane(plan: GatewayPlan, text: string, options: RunOptions): Promise<Plane> {
  const { file, env, data, workers, tells, mend, onEnd } = options
  const events: PlaneEvents = {
    onFault: sayFault,
    onKept: (kept, thread) => say(keptLine(kept, data, thread, logStyle)),
  }
  const counters = createMeter().buffer
  const input: PlaneInput = { text, file: shownName(file), env, data, counters, sharesPort: workers > 1, tells }
  const { listen } = plan.settings
  return listening(listen, "the gateway", mend("listen"), () => {
    if (workers === 1) return startPlane(input, events)
    mustBeFree(listen)
    return startWorkers(input, workers, events, onEnd)
  })
}

function openManagement(
  { settings: { management } }: GatewayPlan,
  store: Store,
  reloader: Reloader,
  { mend }: RunOptions,
): Promise<Management> {
  return listening(management, "the management side", mend("management"), () =>
    startManagement({ ...management, store, plan: () => reloader.plan, onFault: sayFault }),
  )
}
