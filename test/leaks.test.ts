import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test"
import { Backend, until } from "./backend.fixture.ts"
import { startTestGateway, type TestGateway } from "./gateway.fixture.ts"
import { ALICE, bytesOf, CAROL, LEAK_ROWS, type LeakRow, leakyConfig, textOf, withoutIds } from "./leaks.fixture.ts"
import { firstOf, type Message } from "./message.fixture.ts"
import { closeRawClients, RawClient } from "./raw.fixture.ts"

let gateway: TestGateway
let backend: Backend
let revoked = ""
let expired = ""
let ports: readonly string[] = []

beforeAll(async () => {
  backend = new Backend()
  const dead = new Backend()
  const deadPort = dead.port
  dead.stop()
  ports = [`:${backend.port}`, `:${deadPort}`]
  gateway = startTestGateway(leakyConfig(`http://localhost:${backend.port}`, `http://localhost:${deadPort}`))
  const { keys } = gateway.store
  revoked = keys.create({ name: "zoe", scopes: ["zoe:own"] }).secret
  keys.revoke("zoe")
  expired = keys.create({ name: "old", scopes: ["old:own"], expiresAt: Date.now() + 50 }).secret
  await until(() => keys.named("old")?.status === "expired")
})
afterEach(() => {
  closeRawClients()
  expect(gateway.faults.splice(0)).toEqual([])
})
afterAll(async () => {
  await gateway.stop()
  backend.stop()
})

async function ask(row: LeakRow, fields = ""): Promise<Message> {
  const client = await RawClient.open(gateway.port)
  return await client.send(bytesOf(row, fields)).answer()
}

const key = (secret: string): string => `X-API-Key: ${secret}\r\n`
const operator = (token: string): string => `Pinpoint-Operator: ${token}\r\n`

/** Places in the configuration, networks, addresses behind the gateway, what keys are named and may do, and secrets. */
const places = () => ["gateway.yaml", "services.", '"path":', "revision", "built in"]
const hidden = () => ["192.0.2", "2001:db8:77", "localhost", ...ports, "inner-model", "provider-secret", "ECONNREFUSED"]
const others = () => ["carol", "zoe", "old:own", CAROL, revoked, expired, gateway.token]
const keys = () => ["alice", "needed:read", "needed:write", ALICE]

const foundIn = (text: string, words: readonly string[]): readonly string[] => words.filter((it) => text.includes(it))

describe("a refusal for", () => {
  for (const row of LEAK_ROWS) {
    test(`${row.name} tells an anonymous caller nothing of keys, scopes, networks, files and upstreams`, async () => {
      const answer = await ask(row)
      expect(firstOf(answer.fields, "pinpoint-cause")).toBe(row.anonymous)
      expect(foundIn(textOf(answer), [...places(), ...hidden(), ...others(), ...keys()])).toEqual([])
    })

    test(`${row.name} tells the owner of a key nothing of other keys, networks, files and upstreams`, async () => {
      const answer = await ask(row, key(ALICE))
      expect(firstOf(answer.fields, "pinpoint-cause")).toBe(row.owner)
      expect(foundIn(textOf(answer), [...places(), ...hidden(), ...others(), ALICE])).toEqual([])
    })

    test(`${row.name} tells an operator the place in the file, and no secret`, async () => {
      const answer = await ask(row, operator(gateway.token))
      expect(firstOf(answer.fields, "pinpoint-cause")).toBe(row.anonymous)
      expect(textOf(answer)).toMatch(/gateway\.yaml:\d+/)
      expect(foundIn(textOf(answer), [ALICE, CAROL, revoked, expired, gateway.token, "provider-secret"])).toEqual([])
    })

    test(`${row.name} tells a false operator what it tells anyone, before and after a true one asked`, async () => {
      const anonymous = withoutIds(await ask(row))
      const wrong = gateway.token.replace(/.$/, (last) => (last === "A" ? "B" : "A"))
      for (const token of ["wrong", "", wrong, `${gateway.token}x`, ALICE]) {
        expect(withoutIds(await ask(row, operator(token)))).toBe(anonymous)
        await ask(row, operator(gateway.token))
      }
      expect(withoutIds(await ask(row))).toBe(anonymous)
    })

    test(`${row.name} tells a key's owner the same whoever was refused alike just before`, async () => {
      const first = withoutIds(await ask(row, key(ALICE)))
      await ask(row, key(CAROL))
      await ask(row, key(ALICE) + operator(gateway.token))
      await ask(row)
      expect(withoutIds(await ask(row, key(ALICE)))).toBe(first)
    })
  }
})

const GUARDED: LeakRow = { name: "", line: "GET /guarded/7", anonymous: "", owner: "" }

describe("a key that was withdrawn", () => {
  for (const field of ["X-API-Key: ", "Authorization: Bearer "]) {
    test(`in ${field.trim()} gets the very answer of a key that never was`, async () => {
      const never = revoked.replace(/.{4}$/, "AAAA")
      const expected = withoutIds(await ask(GUARDED, `${field}${never}\r\n`))
      expect(expected).toContain("identity/key-invalid")
      for (const secret of [revoked, expired])
        expect(withoutIds(await ask(GUARDED, `${field}${secret}\r\n`))).toBe(expected)
    })
  }

  test("makes nobody an owner on other routes", async () => {
    for (const row of LEAK_ROWS.filter(({ anonymous, owner }) => anonymous === owner)) {
      const anonymous = withoutIds(await ask(row))
      expect(withoutIds(await ask(row, key(revoked)))).toBe(anonymous)
    }
  })

  test("is told to an operator by its status", async () => {
    const answer = await ask(GUARDED, key(revoked) + operator(gateway.token))
    expect(textOf(answer)).toContain("revoked")
  })
})

test("bytes that are no request are explained without a word on the gateway's inside", async () => {
  const client = await RawClient.open(gateway.port)
  client.send(`GET /networked/../guarded HTTP/1.1\r\nHost: a\r\n${key(ALICE)}\r\n`)
  const text = textOf(await client.answer())
  expect(foundIn(text, [...places(), ...hidden(), ...others(), ...keys()])).toEqual([])
})

test("a credential in a field that does not parse is never shown", async () => {
  for (const bad of [`X-API-Key : ${ALICE}`, `X-API-Key: ${ALICE}\x01`, ALICE, `Host: ${ALICE}@a`, `\0${ALICE}: a`]) {
    const client = await RawClient.open(gateway.port)
    client.send(`GET /a HTTP/1.1\r\n${bad}\r\nHost: a\r\n\r\n`)
    await client.end()
    expect(client.text).toContain("Pinpoint-Cause: wire/")
    expect(client.text).not.toContain(ALICE)
  }
})
