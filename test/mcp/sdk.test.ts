import { afterEach, describe, expect, test } from "bun:test"
import { startTestGateway, type TestGateway } from "../gateway.fixture.ts"
import { connect, type Speaks, type TestClient, textOf } from "./client.fixture.ts"
import { type HttpFixture, serveMcp } from "./conformance/http.fixture.ts"

const open: { stop(): Promise<void> }[] = []
let gateway: TestGateway
let upstream: HttpFixture

async function before(speaks: Speaks, serves: "both" | "stateless" | "sessions"): Promise<TestClient> {
  upstream = await serveMcp({ serves })
  gateway = startTestGateway(`
listen: 127.0.0.1:0
mcp:
  tools: ["*"]
  servers:
    all: { url: "${upstream.url}" }
records: { permits: 1 }
`)
  const client = await connect(`${gateway.url}/mcp`, { speaks })
  open.push({ stop: () => client.close() }, gateway, upstream)
  return client
}

afterEach(async () => {
  for (const it of open.splice(0)) await it.stop()
  expect(gateway.faults).toEqual([])
})

for (const speaks of ["sessions", "stateless"] as const)
  for (const serves of ["both", "stateless", "sessions"] as const)
    describe(`the official client that speaks ${speaks}, before a server of ${serves}`, () => {
      test("lists and calls tools by their public names", async () => {
        const { client } = await before(speaks, serves)
        const { tools } = await client.listTools()
        expect(tools.map(({ name }) => name)).toContain("all__test_simple_text")
        expect(tools.every(({ name }) => name.startsWith("all__"))).toBe(true)
        const result = await client.callTool({ name: "all__test_simple_text", arguments: {} })
        expect(textOf(result)).toBe("This is a simple text response for testing.")
        const failed = await client.callTool({ name: "all__test_error_handling", arguments: {} })
        expect(failed.isError).toBe(true)
      })

      test("reads resources by their public addresses, wherever these stand", async () => {
        const { client } = await before(speaks, serves)
        const { resources } = await client.listResources()
        expect(resources.map(({ uri }) => uri)).toContain("all+test://static-text")
        const { contents } = await client.readResource({ uri: "all+test://static-text" })
        expect(contents[0]?.uri).toBe("all+test://static-text")
        const { resourceTemplates } = await client.listResourceTemplates()
        expect(resourceTemplates[0]?.uriTemplate).toBe("all+test://template/{id}/data")
        const template = await client.readResource({ uri: "all+test://template/7/data" })
        expect(template.contents[0]?.uri).toBe("all+test://template/7/data")
        const { content } = await client.callTool({ name: "all__test_embedded_resource", arguments: {} })
        expect(content[0]).toMatchObject({ resource: { uri: "all+test://embedded-resource" } })
        expect(client.readResource({ uri: "all+test://nowhere" })).rejects.toThrow()
      })

      test("gets prompts, and what completes their arguments", async () => {
        const { client } = await before(speaks, serves)
        const { prompts } = await client.listPrompts()
        expect(prompts.map(({ name }) => name)).toContain("all__test_prompt_with_arguments")
        const { messages } = await client.getPrompt({
          name: "all__test_prompt_with_arguments",
          arguments: { arg1: "one", arg2: "two" },
        })
        expect(messages[0]?.content).toMatchObject({ text: "Prompt with arguments: arg1='one', arg2='two'" })
        const { completion } = await client.complete({
          ref: { type: "ref/prompt", name: "all__test_prompt_with_arguments" },
          argument: { name: "arg1", value: "x" },
        })
        expect(completion.values).toEqual(["x-completed"])
      })

      test("hears of the progress of its own call", async () => {
        const { client } = await before(speaks, serves)
        const progress: number[] = []
        await client.callTool(
          { name: "all__test_tool_with_progress", arguments: {} },
          { onprogress: (it) => void progress.push(it.progress) },
        )
        expect(progress).toEqual([0, 50, 100])
      })
    })

for (const serves of ["both", "sessions"] as const)
  test(`a client with a session is asked in the middle of a call by a server of ${serves}`, async () => {
    const { client, asked, logs } = await before("sessions", serves)
    const sampled = await client.callTool({ name: "all__test_sampling", arguments: { prompt: "Capital of France?" } })
    expect(textOf(sampled)).toBe("LLM response: Paris")
    const elicited = await client.callTool({ name: "all__test_elicitation", arguments: { message: "Sure?" } })
    expect(textOf(elicited)).toContain("action=accept")
    expect(asked).toEqual(["sampling", "elicitation"])
    await client.callTool({ name: "all__test_tool_with_logging", arguments: {} })
    expect(logs).toEqual(["Tool execution started", "Tool processing data", "Tool execution completed"])
  })

for (const [speaks, serves] of [
  ["stateless", "both"],
  ["stateless", "stateless"],
  ["sessions", "stateless"],
] as const)
  test(`a client that speaks ${speaks} is asked between two rounds by a server of ${serves}`, async () => {
    const { client, asked } = await before(speaks, serves)
    const result = await client.callTool({ name: "all__test_input_required_result_multiple_inputs", arguments: {} })
    expect(textOf(result)).toBe("Paris Ada: 1 root(s)")
    expect(asked.sort()).toEqual(["elicitation", "roots", "sampling"])
    const rounds = await client.callTool({ name: "all__test_input_required_result_multi_round", arguments: {} })
    expect(textOf(rounds)).toBe("Ada likes unknown")
  })

test("a client with a session hears of resources it subscribed to", async () => {
  const { client, changes } = await before("sessions", "both")
  await client.subscribeResource({ uri: "all+test://watched-resource" })
  const end = Date.now() + 5000
  while (changes.length === 0 && Date.now() < end) await Bun.sleep(10)
  expect(changes).toEqual(["all+test://watched-resource"])
})

test("a session that ends, ends its session with the server", async () => {
  const it = await before("sessions", "sessions")
  await it.client.callTool({ name: "all__test_simple_text", arguments: {} })
  const during = upstream.sessions
  open.shift()
  await it.close()
  const end = Date.now() + 5000
  while (upstream.sessions >= during && Date.now() < end) await Bun.sleep(10)
  expect(upstream.sessions).toBeLessThan(during)
})
