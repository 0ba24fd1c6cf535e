import { createInterface } from "node:readline"

// A server on standard streams that does what its tools are called: `bun test/mcp/program.fixture.ts`.
const say = (message: unknown): void => void process.stdout.write(`${JSON.stringify(message)}\n`)

console.error("secret of the program, on its standard error")
if (process.env.NOISE !== undefined) console.log("Welcome to this program!")

const NAMES = ["pid", "env", "crash", "hang", "log", "noise"]

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line)
  const answer = (result: unknown): void => say({ jsonrpc: "2.0", id, result })
  const text = (it: string): void => answer({ content: [{ type: "text", text: it }] })
  if (method === "initialize")
    answer({
      protocolVersion: "2025-11-25",
      capabilities: { tools: {} },
      serverInfo: { name: "program", version: "1" },
    })
  else if (method === "tools/list") answer({ tools: NAMES.map((name) => ({ name, inputSchema: { type: "object" } })) })
  else if (method === "notifications/cancelled") console.error("cancelled")
  else if (method !== "tools/call") {
    if (id !== undefined) say({ jsonrpc: "2.0", id, error: { code: -32601, message: "no such method" } })
  } else if (params.name === "pid") text(String(process.pid))
  else if (params.name === "env") text(Object.keys(process.env).sort().join(" "))
  else if (params.name === "crash") process.exit(3)
  else if (params.name === "noise") {
    process.stdout.write("not a message\n\n{}\n")
    text("after the noise")
  } else if (params.name === "log") {
    say({ jsonrpc: "2.0", method: "notifications/message", params: { level: "info", data: "a log entry" } })
    text("logged")
  }
}
