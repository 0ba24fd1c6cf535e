import { startTestGateway } from "./gateway.fixture.ts"

// A gateway in a process of its own, so that its memory can be told from that of the test.
const gateway = startTestGateway(process.argv[2] ?? "")

process.on("message", () => {
  Bun.gc(true)
  process.send?.({ rss: process.memoryUsage.rss() })
})
process.on("disconnect", async () => {
  await gateway.stop()
  process.exit(gateway.faults.length)
})
process.send?.({ port: gateway.port })
