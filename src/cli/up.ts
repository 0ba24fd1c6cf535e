import { existsSync } from "node:fs"
import { createMeter } from "../adapters/meter/shared-meter.ts"
import { openStore } from "../adapters/sqlite/store.ts"
import type { GatewayPlan } from "../config/gateway-plan.ts"
import type { Environment } from "../config/load.ts"
import { startManagement } from "../management/management.ts"
import type { Store } from "../ports/store.ts"
import { type LoadedFile, loadFile, shownName, toldFaults } from "./config-file.ts"
import { type Demonstration, demonstrate } from "./demo/demonstration.ts"
import { Failure } from "./failure.ts"
import { type Plane, type PlaneInput, startPlane } from "./plane.ts"
import { styleFor } from "./style.ts"
import { watchFile } from "./watch.ts"
import { startWorkers } from "./workers.ts"

export interface UpOptions {
  readonly config?: string
  readonly data: string
  readonly workers: number
}

const DEFAULT_CONFIG = "pinpoint.yaml"
/** Milliseconds that requests under way are given when the gateway stops. */
const GRACE = 10_000
const PRUNE_EVERY = 3_600_000

const style = styleFor(process.stderr)
const say = (text: string): void => void process.stderr.write(`${text}\n`)
const onFault = (fault: unknown): void =>
  say(style.bad("fault  ") + (fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)))

/** `up`: runs the gateway until it is told to stop. Without a configuration it shows what it does on a demonstration. */
export async function up({ config, data, workers }: UpOptions): Promise<void> {
  const file = config ?? (existsSync(DEFAULT_CONFIG) ? DEFAULT_CONFIG : undefined)
  const demo = file === undefined ? demonstrate() : undefined
  const running = await start(
    file ?? demo?.config ?? DEFAULT_CONFIG,
    { ...process.env, ...demo?.env },
    data,
    workers,
    demo,
  )
  const stop = (): void => {
    say("stopping: requests under way are let end")
    Promise.all([running.stop(), demo?.stop()])
      .then(() => process.exit(0))
      .catch((fault) => {
        onFault(fault)
        process.exit(1)
      })
  }
  process.once("SIGINT", stop)
  process.once("SIGTERM", stop)
}

async function start(file: string, env: Environment, data: string, workers: number, demo: Demonstration | undefined) {
  const loaded = loadFile(file, env)
  process.stderr.write(toldFaults(loaded, process.stderr.isTTY === true))
  if (loaded.plan === undefined) throw new Failure(`${file} has faults, so the gateway was not started.`)
  const current = { plan: loaded.plan }
  const store = openStore(data)
  store.plans.keep(loaded.plan.revision, loaded.plan.text)
  const input: PlaneInput = {
    text: loaded.text,
    file: shownName(file),
    env,
    data,
    counters: createMeter().buffer,
    sharesPort: workers > 1,
  }
  const plane = await listening(loaded.plan, () => planeFor(input, workers, demo !== undefined))
  const management = await listening(loaded.plan, async () =>
    startManagement({
      ...(loaded.plan?.settings.management ?? { hostname: "127.0.0.1", port: 0 }),
      store,
      plan: () => current.plan,
      onFault,
    }),
  )
  const reload = (): void => reloaded(loadFile(file, env), file, current, store, plane)
  const unwatch = watchFile(file, reload)
  process.on("SIGHUP", reload)
  const pruning = setInterval(() => store.records.prune(Date.now() - current.plan.settings.records.keep), PRUNE_EVERY)
  greet(loaded.plan, { gateway: plane.port, management: management.port }, store, demo)
  return {
    stop: async () => {
      clearInterval(pruning)
      unwatch()
      await plane.stop(GRACE)
      await management.stop()
      store.close()
    },
  }
}

async function planeFor(input: PlaneInput, workers: number, shows: boolean): Promise<Plane> {
  if (workers > 1) return startWorkers(input, workers, onFault)
  return startPlane(
    input,
    onFault,
    shows
      ? ({ decision, cause, method, path }) =>
          say(`refused  ${method} ${path}  ${cause}   ${style.dim(`./pinpoint explain ${decision}`)}`)
      : undefined,
  )
}

/** A file with faults leaves the plan in force, and says so. */
function reloaded(loaded: LoadedFile, file: string, current: { plan: GatewayPlan }, store: Store, plane: Plane): void {
  process.stderr.write(toldFaults(loaded, process.stderr.isTTY === true))
  const { plan } = loaded
  if (plan === undefined) {
    say(`${file} has faults: plan ${current.plan.revision} stays in force`)
    return
  }
  const { listen, management } = current.plan.settings
  if (JSON.stringify([listen, management]) !== JSON.stringify([plan.settings.listen, plan.settings.management]))
    say("listen and management take hold at the next start")
  store.plans.keep(plan.revision, plan.text)
  plane.swap(loaded.text)
  if (plan.revision !== current.plan.revision) say(`plan ${plan.revision} is in force, after ${current.plan.revision}`)
  current.plan = plan
}

async function listening<T>({ settings }: GatewayPlan, listen: () => Promise<T>): Promise<T> {
  try {
    return await listen()
  } catch (error) {
    const taken = error instanceof Error && /EADDRINUSE|in use|Failed to listen/i.test(`${error.message}`)
    if (!taken) throw error
    const { listen: at, management } = settings
    throw new Failure(
      `${at.hostname}:${at.port} or ${management.hostname}:${management.port} is taken by another program. Stop it, or set \`listen\` and \`management\`.`,
    )
  }
}

function greet(
  { revision, settings }: GatewayPlan,
  ports: { gateway: number; management: number },
  store: Store,
  demo: Demonstration | undefined,
): void {
  say(`${style.bold("pinpoint")}  plan ${revision}`)
  say(`  gateway     http://${settings.listen.hostname}:${ports.gateway}`)
  say(`  management  http://${settings.management.hostname}:${ports.management}`)
  const isFirst = !store.token.exists()
  if (demo === undefined && !isFirst) return
  const token = store.token.renew()
  if (demo === undefined) {
    say(`  token       ${token}\n  This management token is shown this once; \`pinpoint token\` makes a new one.`)
    return
  }
  say("\nThis is a demonstration: a small service and a scripted model provider are behind it. Paste:\n")
  for (const [what, line] of demo.lines(ports, token)) console.log(`${style.dim(`# ${what}`)}\n${line}\n`)
  say("Stop with Ctrl-C. Then: ./pinpoint up --config FILE")
}
