import { existsSync } from "node:fs"
import { shownName } from "./config-file.ts"
import { type Demonstration, demonstrate } from "./demo/demonstration.ts"
import { greeting } from "./greeting.ts"
import { say, sayFault } from "./log.ts"
import { type RunningGateway, runGateway } from "./running-gateway.ts"
import { styleFor } from "./style.ts"

export interface UpOptions {
  readonly config?: string
  readonly data: string
  readonly workers: number
  readonly log: boolean
}

const DEFAULT_CONFIG = "pinpoint.yaml"
/** Milliseconds that requests under way are given when the gateway stops. */
const GRACE = 10_000

/** `up`: runs the gateway until it is told to stop. Without a configuration it shows what it does on a demonstration. */
export async function up(options: UpOptions): Promise<void> {
  const { config, data, workers, log } = options
  const own = config ?? (existsSync(DEFAULT_CONFIG) ? DEFAULT_CONFIG : undefined)
  const demo = own === undefined ? demonstrate() : undefined
  const file = own ?? demo?.config ?? DEFAULT_CONFIG
  const running = await runGateway({
    file,
    env: { ...process.env, ...demo?.env },
    data,
    workers,
    tells: log || demo !== undefined,
    mend: demo?.mend ?? ((setting) => `set \`${setting}\` in ${file}`),
    onEnd: () => {
      say("A thread of the gateway has ended, so that its connections would not be served: the gateway stops.")
      stop(running, demo, 1)
    },
  })
  process.once("SIGINT", () => stop(running, demo, 0))
  process.once("SIGTERM", () => stop(running, demo, 0))
  greet(running, file, options, demo)
}

function stop(running: RunningGateway, demo: Demonstration | undefined, exitCode: number): void {
  say(`stopping: requests under way are given ${GRACE / 1000} s to end`)
  running
    .stop(GRACE)
    .then(() => demo?.stop())
    .then(() => process.exit(exitCode))
    .catch((fault) => {
      sayFault(fault)
      process.exit(1)
    })
}

/** The token is known only when it is made: at the first start, and for a demonstration, whose lines need it. */
function greet(
  { plan, port, managementPort, store }: RunningGateway,
  file: string,
  { data, workers }: UpOptions,
  demo: Demonstration | undefined,
): void {
  const token = demo === undefined && store.token.exists() ? undefined : store.token.renew()
  const { listen, management } = plan.settings
  const text = greeting(
    {
      revision: plan.revision,
      file: shownName(file),
      gateway: `http://${listen.hostname}:${port}`,
      management: `http://${management.hostname}:${managementPort}`,
      data,
      workers,
      token,
      lines: demo?.lines({ gateway: port, management: managementPort }, token ?? "") ?? [],
    },
    styleFor(process.stdout),
  )
  process.stdout.write(text)
}
