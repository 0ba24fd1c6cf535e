import { afterEach, describe, expect, test } from "bun:test"
import { join } from "node:path"
import fc from "fast-check"
import { readJson } from "../../src/mcp/json.ts"
import { operationRequest } from "../../src/mcp/openapi-request.ts"
import { openApiTools } from "../../src/mcp/openapi-tools.ts"
import { startTestGateway, type TestGateway } from "../gateway.fixture.ts"
import { ask, namesIn } from "./ask.fixture.ts"

const FILE = join(import.meta.dir, "orders.openapi.fixture.json")
const document = readJson(await Bun.file(FILE).text())
const tools = openApiTools(document)

function toolOf(name: string) {
  const tool = "fault" in tools ? undefined : tools.get(name)
  if (tool === undefined) throw new Error(`there is no ${name}`)
  return tool
}

describe("an OpenAPI document", () => {
  test("gives a tool for each operation whose body can be written", () => {
    expect("fault" in tools ? [] : [...tools.keys()]).toEqual([
      "listOrders",
      "create_order",
      "get_orders_id",
      "removeOrder",
    ])
  })

  test("gives schemas that stand alone, in words of JSON Schema", () => {
    expect(toolOf("create_order").tool.inputSchema).toEqual({
      type: "object",
      properties: { body: { $ref: "#/$defs/Order" } },
      required: ["body"],
      additionalProperties: false,
      $defs: {
        Order: {
          type: "object",
          properties: {
            sum: { type: ["number", "null"] },
            parts: { type: "array", items: { $ref: "#/$defs/Order" } },
          },
        },
      },
    })
    expect(toolOf("listOrders").tool.inputSchema).toMatchObject({
      properties: {
        page: { type: "integer", exclusiveMinimum: 0 },
        "X-Tenant": { type: "string", description: "Whose orders" },
      },
    })
  })

  test("gives parameters of one name in two places two names, and no fields the request has anyway", () => {
    expect(toolOf("get_orders_id").operation.parameters.map(({ argument }) => argument)).toEqual(["id", "query_id"])
  })

  test("of another kind is refused with what is wrong", () => {
    expect(openApiTools([])).toEqual({ fault: "no JSON or YAML object" })
    expect(openApiTools({ swagger: "2.0" })).toEqual({ fault: 'no OpenAPI 3 document: "openapi" is null' })
  })
})

/** Texts of what could end a place in a request. */
const hostile = fc
  .array(
    fc.constantFrom("\r", "\n", "\0", "/", "..", "?", "#", "&", "=", "%2e", "é", "\ud800", "a", " ", "{id}", ";", ":"),
  )
  .map((it) => it.join(""))

describe("a call of an operation", () => {
  test("writes arguments where they belong", () => {
    const { operation } = toolOf("listOrders")
    expect(operationRequest(operation, { status: ["open", "a&b"], page: 2, "X-Tenant": "acme" })).toEqual({
      kind: "request",
      method: "GET",
      target: "/orders?status=open&status=a%26b&page=2",
      fields: [["X-Tenant", "acme"]],
      body: undefined,
    })
  })

  test("never leaves the place of an argument, whatever it holds", () => {
    const { operation } = toolOf("get_orders_id")
    fc.assert(
      fc.property(hostile, hostile, (id, query) => {
        const request = operationRequest(operation, { id, query_id: query })
        if (request.kind === "refused") return
        const url = new URL(request.target, "http://service.example")
        expect(url.pathname.split("/").length).toBe(3)
        expect(url.pathname.startsWith("/orders/")).toBe(true)
        expect([...url.searchParams.keys()]).toEqual(["id"])
        expect(url.hash).toBe("")
      }),
    )
    for (const id of ["", ".", ".."]) expect(operationRequest(operation, { id }).kind).toBe("refused")
  })

  test("never breaks out of a header field", () => {
    const { operation } = toolOf("listOrders")
    fc.assert(
      fc.property(hostile, (tenant) => {
        const request = operationRequest(operation, { "X-Tenant": tenant })
        if (request.kind === "request") expect(request.fields[0]?.[1]).toMatch(/^[\x20-\x7e]*$/)
      }),
    )
  })

  test("without what it needs, or with what it does not know, says so", () => {
    const { operation } = toolOf("create_order")
    expect(operationRequest(operation, {})).toEqual({ kind: "refused", why: 'the argument "body" is missing' })
    expect(operationRequest(operation, { sum: 1 })).toMatchObject({ kind: "refused" })
  })
})

const open: { stop(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const it of open.splice(0)) await it.stop()
})

function before(): { readonly gateway: TestGateway; readonly got: string[] } {
  const got: string[] = []
  const service = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: async (request) => {
      const url = new URL(request.url)
      got.push(
        `${request.method} ${url.pathname}${url.search} ${request.headers.get("x-service-key")} ${await request.text()}`,
      )
      if (url.pathname.endsWith("/404")) return Response.json({ error: "no such order" }, { status: 404 })
      return Response.json({ id: 17, sum: 4 })
    },
  })
  const gateway = startTestGateway(
    `
listen: 127.0.0.1:0
mcp:
  tools: ["*"]
  servers:
    orders: { openapi: "${FILE}", url: "http://127.0.0.1:${service.port}/v1", headers: { X-Service-Key: "\${SERVICE_KEY}" } }
records: { permits: 1 }
`,
    { SERVICE_KEY: "service-key-0123456789" },
  )
  open.push(gateway, { stop: () => service.stop(true) })
  return { gateway, got }
}

const call = ({ url }: TestGateway, name: string, given: Readonly<Record<string, unknown>>) =>
  ask(`${url}/mcp`, "tools/call", { name, arguments: given })

describe("a service with an OpenAPI document", () => {
  test("is a server whose tools are its operations", async () => {
    const { gateway, got } = before()
    expect(namesIn(await ask(`${gateway.url}/mcp`, "tools/list"))).toContain("orders__create_order")
    const { result } = await call(gateway, "orders__create_order", { body: { sum: 4 } })
    expect(result).toMatchObject({ structuredContent: { id: 17, sum: 4 }, content: [{ type: "text" }] })
    expect(got).toEqual(['POST /v1/orders service-key-0123456789 {"sum":4}'])
  })

  test("answers a refusal of its own, or a wrong argument, as an error of the tool, which a model can read", async () => {
    const { gateway, got } = before()
    const refused = await call(gateway, "orders__get_orders_id", { id: "404" })
    expect(refused.result).toMatchObject({ isError: true })
    expect(JSON.stringify(refused.result)).toContain("no such order")
    const wrong = await call(gateway, "orders__get_orders_id", {})
    expect(wrong.result).toMatchObject({ isError: true })
    expect(got.length).toBe(1)
  })

  test("is offered to sessions too", async () => {
    const { gateway } = before()
    const { connect, textOf } = await import("./client.fixture.ts")
    const { client, close } = await connect(`${gateway.url}/mcp`, { speaks: "sessions" })
    const result = await client.callTool({ name: "orders__listOrders", arguments: {} })
    expect(textOf(result)).toBe('{"id":17,"sum":4}')
    await close()
  })
})
