import { expect, test } from "bun:test"
import { createServer } from "node:net"
import { client } from "../../http/connect.fixture.ts"
import { ServiceAnswer } from "./service-answer.ts"

test("an argument that goes into a field never stands beside what the configuration says there", async () => {
  let seen = ""
  const server = createServer((socket) => {
    socket.on("data", (bytes) => {
      seen += bytes.toString("latin1")
      socket.end("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("a server without a port")
  const authority = `127.0.0.1:${address.port}`
  const origin = { id: `http://${authority}`, hostname: "127.0.0.1", port: address.port, tls: false, authority }
  const asking = client()
  const fields = [
    ["x-tenant", "mine"],
    ["X-Page", "2"],
  ] as const
  const asked = { method: "GET", target: "/", fields, body: undefined } as const
  const { status } = await new ServiceAnswer(asking, origin, { "X-Tenant": "operators" }, asked).reply
  asking.close()
  server.close()
  expect(status).toBe(200)
  expect(seen.match(/^x-tenant: .*$/gim)).toEqual(["X-Tenant: operators"])
  expect(seen).toContain("X-Page: 2")
})
