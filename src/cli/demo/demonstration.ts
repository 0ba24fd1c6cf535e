import { startOrders } from "./orders-service.ts"
import { startProvider } from "./scripted-provider.ts"

/** What the demonstration adds to a gateway: something behind it, and a key to ask with. */
export interface Demonstration {
  readonly config: string
  /** Read by the demonstration's configuration. */
  readonly env: Readonly<Record<string, string>>
  /** Lines to paste into a shell. */
  lines(
    ports: { readonly gateway: number; readonly management: number },
    token: string,
  ): readonly (readonly [string, string])[]
  /** What to do where an address is taken. */
  mend(setting: "listen" | "management"): string
  stop(): Promise<void>
}

const VARIABLE = { listen: "PINPOINT_LISTEN=127.0.0.1:9080", management: "PINPOINT_MANAGEMENT=127.0.0.1:9081" }

export function demonstrate(): Demonstration {
  const orders = startOrders()
  const provider = startProvider()
  // Made anew at each start: a key that is the same everywhere is a key everyone has.
  const key = `demo_${crypto.randomUUID().replaceAll("-", "")}`
  return {
    config: new URL("../../../demo/pinpoint.yaml", import.meta.url).pathname,
    env: { DEMO_UPSTREAM: orders.url, DEMO_PROVIDER: provider.url, DEMO_KEY: key },
    lines: (ports, token) =>
      linesFor(`http://127.0.0.1:${ports.gateway}`, `http://127.0.0.1:${ports.management}`, key, token),
    mend: (setting) => `choose another for the demonstration: ${VARIABLE[setting]} npm start`,
    stop: async () => {
      await Promise.all([orders.stop(), provider.stop()])
    },
  }
}

function linesFor(gateway: string, management: string, key: string, token: string) {
  const post = `curl -s -X POST ${gateway}/orders/1 -H 'X-API-Key: ${key}' -d '{"quantity":2}'`
  return [
    ["a call that passes", `curl -s ${gateway}/orders/1 -H 'X-API-Key: ${key}'`],
    ["a POST that is refused", post],
    [
      "a chat completion",
      `curl -s ${gateway}/v1/chat/completions -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' -d '{"model":"small","messages":[{"role":"user","content":"Hello"}]}'`,
    ],
    [
      "a refusal explained by its id",
      `curl -s -H 'Authorization: Bearer ${token}' ${management}/decisions/$(${post} -o /dev/null -w '%header{pinpoint-decision}')`,
    ],
  ] as const
}
