import { join } from "node:path"
import { startTestGateway, type TestGateway } from "../../gateway.fixture.ts"
import { type HttpFixture, serveMcp } from "./http.fixture.ts"

/** A gateway before the conformance server, its names without a prefix, as the suite asks for them by name. */
export interface ConformanceGateway {
  readonly gateway: TestGateway
  readonly url: string
  stop(): Promise<void>
}

const PROGRAM = join(import.meta.dir, "stdio.fixture.ts")

export async function conformanceGateway(transport: "http" | "stdio"): Promise<ConformanceGateway> {
  const upstream: HttpFixture | undefined = transport === "http" ? await serveMcp() : undefined
  const server =
    upstream === undefined
      ? `{ command: ["${process.execPath}", "${PROGRAM}"], prefix: "" }`
      : `{ url: "${upstream.url}", prefix: "" }`
  const gateway = startTestGateway(`
listen: 127.0.0.1:0
mcp:
  tools: ["*"]
  servers:
    all: ${server}
records: { permits: 1 }
`)
  return {
    gateway,
    url: `${gateway.url}/mcp`,
    stop: async () => {
      await gateway.stop()
      await upstream?.stop()
    },
  }
}
