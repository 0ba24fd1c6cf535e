import { afterEach, describe, expect, test } from "bun:test"
import { Backend, stopBackends } from "./backend.fixture.ts"
import { startTestGateway } from "./gateway.fixture.ts"
import { firstOf, statusOf } from "./message.fixture.ts"
import { closeRawClients, RawClient } from "./raw.fixture.ts"
import { gatewayTo, type ServiceOptions, stopGateways } from "./service.fixture.ts"

afterEach(async () => {
  closeRawClients()
  expect(await stopGateways()).toEqual([])
  stopBackends()
})

/** The target an upstream at `base` sees for a target; the status where it sees none. */
async function seenFor(
  targets: readonly string[],
  options: ServiceOptions = {},
  base = "",
): Promise<(string | number)[]> {
  const backend = new Backend()
  const gateway = gatewayTo(backend.url + base, options)
  const seen: (string | number)[] = []
  for (const target of targets) {
    const before = backend.requests.length
    const client = await RawClient.open(gateway.port)
    const status = statusOf(await client.send(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`).answer())
    seen.push(backend.requests.length > before ? backend.last.target : status)
  }
  return seen
}

describe("a target reaches the upstream byte for byte:", () => {
  const TARGETS = [
    "/",
    "/a//b///",
    "/a%20b",
    "/a%2fb%2Fc",
    "/caf%c3%a9",
    "/caf%C3%A9",
    "/a+b;c=d,e!$&'()*:@~-._",
    "/a...b/..c/c..",
    "/a|b^c{d}[e]",
    "/%41%7a",
    "/a?",
    "/a?b=c&b=d&&e",
    "/a?%zz&%00&%2e%2e/../",
    "/a?b=/c?d=http://e/",
    "/a?b={c}[d]|e",
  ]
  for (const target of TARGETS) {
    test(target, async () => {
      expect(await seenFor([target])).toEqual([target])
    })
  }
})

test("an absolute target reaches the upstream as its path and query", async () => {
  expect(await seenFor(["http://other.example/a/b?c", "http://other.example", "HTTP://other.example?q"])).toEqual([
    "/a/b?c",
    "/",
    "/?q",
  ])
})

describe("a route's path takes", () => {
  test("with a wildcard at its end everything below, and the slash alone, but not its own stem", async () => {
    const targets = ["/orders/", "/orders/1", "/orders/1/2//3", "/orders", "/ordersx", "/Orders/1"]
    expect(await seenFor(targets, { path: "/orders/*" })).toEqual([...targets.slice(0, 3), 404, 404, 404])
  })

  test("with a parameter one segment that is not empty", async () => {
    const targets = [
      "/orders/7/lines",
      "/orders/a%2fb/lines",
      "/orders//lines",
      "/orders/7/8/lines",
      "/orders/7/lines/",
    ]
    expect(await seenFor(targets, { path: "/orders/{id}/lines" })).toEqual([...targets.slice(0, 2), 404, 404, 404])
  })

  test("what is escaped for what it says, and passes it on as it came", async () => {
    const targets = ["/caf%c3%a9/1", "/c%61f%C3%A9/1"]
    expect(await seenFor(targets, { path: "/café/*" })).toEqual(targets)
  })

  test("an escaped slash for no separator, so that it opens no other route", async () => {
    expect(await seenFor(["/public%2fsecret"], { path: "/public/*" })).toEqual([404])
  })
})

describe("an upstream with a path of its own", () => {
  test("gets it before the request's", async () => {
    expect(await seenFor(["/a?b=c", "/", "/a%2fb"], {}, "/base/v1")).toEqual([
      "/base/v1/a?b=c",
      "/base/v1/",
      "/base/v1/a%2fb",
    ])
  })

  test("gets no double slash from a slash at its end", async () => {
    expect(await seenFor(["/a"], {}, "/base/")).toEqual(["/base/a"])
  })
})

describe("a request for the server as a whole, OPTIONS *,", () => {
  test("is for no route, so that it cannot reach an upstream under another name", async () => {
    for (const base of ["", "/base"]) {
      const backend = new Backend()
      const client = await RawClient.open(gatewayTo(backend.url + base).port)
      expect(statusOf(await client.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").answer())).toBe(404)
      expect(backend.peers.length).toBe(0)
    }
  })
})

test("a host with the dot of a whole domain name leads to the routes of that host, and past none of them", async () => {
  const backend = new Backend()
  const gateway = startTestGateway(`
listen: 127.0.0.1:0
services:
  inside:
    upstream: ${backend.url}
    routes: [{ path: "/*", host: admin.example }, { path: "/*", host: dotted.example. }]
    policies: [ip-allow: [192.0.2.1]]
  all: { upstream: "${backend.url}", keep-host: true, routes: [{ path: "/*" }] }
`)
  const statuses: number[] = []
  for (const host of ["admin.example", "admin.example.", "Admin.Example.:80", "dotted.example", "other.example."]) {
    const client = await RawClient.open(gateway.port)
    statuses.push(statusOf(await client.send(`GET /a HTTP/1.1\r\nHost: ${host}\r\n\r\n`).answer()))
  }
  expect(statuses).toEqual([403, 403, 403, 403, 200])
  await gateway.stop()
})

describe("the host an upstream sees", () => {
  const host = async (options: ServiceOptions, fields: string, version = "1.1"): Promise<string | undefined> => {
    const backend = new Backend()
    const client = await RawClient.open(gatewayTo(backend.url, options).port)
    await client.send(`GET /a HTTP/${version}\r\n${fields}\r\n`).answer()
    const seen = firstOf(backend.last.fields, "host")
    return seen === new URL(backend.url).host ? "its own" : seen
  }

  test("is its own", async () => {
    expect(await host({}, "Host: Shop.example:8080\r\n")).toBe("its own")
  })

  test("is the caller's, with its port, where the service keeps it", async () => {
    expect(await host({ service: "keep-host: true" }, "Host: Shop.example:8080\r\n")).toBe("shop.example:8080")
  })

  test("is its own where the service keeps the caller's and the caller gave none", async () => {
    expect(await host({ service: "keep-host: true" }, "", "1.0")).toBe("its own")
  })
})
