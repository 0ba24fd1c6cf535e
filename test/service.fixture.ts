import { type Env, startTestGateway, type TestGateway } from "./gateway.fixture.ts"

const gateways = new Set<TestGateway>()

/** One service behind a gateway. Options are lines of the configuration. */
export interface ServiceOptions {
  readonly path?: string
  /** Lines under the service. */
  readonly service?: string
  /** Lines at the top. */
  readonly top?: string
  readonly env?: Env
  /** The share of permits that is kept. */
  readonly permits?: number
}

/** A gateway with one service that takes every path and keeps every decision. */
export function gatewayTo(
  upstream: string,
  { path = "/*", service = "", top = "", env = {}, permits = 1 }: ServiceOptions = {},
): TestGateway {
  const config = `
listen: 127.0.0.1:0
services:
  one:
    upstream: ${upstream}
    routes: [{ path: "${path}" }]
    ${service}
records: { permits: ${permits} }
${top}
`
  const gateway = startTestGateway(config, env)
  gateways.add(gateway)
  return gateway
}

/** To be called after each test. Returns the gateways' own faults, of which there should be none. */
export async function stopGateways(): Promise<readonly unknown[]> {
  const stopping = [...gateways]
  gateways.clear()
  await Promise.all(stopping.map((it) => it.stop()))
  return stopping.flatMap(({ faults }) => faults)
}
