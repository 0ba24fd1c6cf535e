import { expect, test } from "bun:test"
import { assemble } from "../exhibits/assemble.ts"
import { concerning } from "./concerning.ts"

const OWN =
  '2026/11/21 09:20:31 [error] 811#811: *94 access forbidden by rule, client: 192.0.2.7, server: a, request: "POST /orders HTTP/1.1", host: "a"'
const OTHER =
  '2026/11/21 09:20:28 [error] 811#811: *93 open() "/srv/x" failed (13: Permission denied), client: 192.0.2.9, server: a, request: "GET /x HTTP/1.1", host: "a"'
const NOBODYS = "2026/11/21 09:20:30 [notice] 811#811: signal process started"
const request = { part: "request", from: "request", text: "POST /orders HTTP/1.1\nHost: a" } as const

test("lines of other requests are blanked where those of the request asked about are known, and every other place stays", () => {
  const text = [OTHER, NOBODYS, OWN].join("\n")
  const { of, events } = concerning(assemble([request, { part: "log", from: "error.log", text }]), undefined)
  const [log] = of.log
  expect(log?.text).toBe([" ".repeat(OTHER.length), NOBODYS, OWN].join("\n"))
  expect(events.map((it) => it.line)).toEqual([NOBODYS, OWN])
})

test("nothing is left out where no line is of the request, or where it is not known which request it was", () => {
  const text = [OTHER, NOBODYS].join("\n")
  for (const pieces of [
    [request, { part: "log", from: "l", text } as const],
    [{ part: "log", from: "l", text: `${text}\n${OWN}` } as const],
  ]) {
    const exhibits = assemble(pieces)
    const told = concerning(exhibits, undefined)
    if (exhibits.request.target === undefined) expect(told).toBe(exhibits)
    else expect(told.of.log).toEqual(exhibits.of.log)
  }
})

test("a line of the same path from another client is another request's, where the client is known", () => {
  const theirs = OWN.replace("192.0.2.7", "192.0.2.8").replace("*94", "*95")
  const exhibits = assemble([request, { part: "log", from: "l", text: `${theirs}\n${OWN}` }])
  expect(concerning(exhibits, "192.0.2.7").of.log[0]?.text).toBe(`${" ".repeat(theirs.length)}\n${OWN}`)
})
