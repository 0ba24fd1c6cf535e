import { expect, test } from "bun:test"
import fc from "fast-check"
import { joined } from "./joined.ts"
import { readLine } from "./line.ts"

const groupsOf = (...lines: readonly string[]): readonly (readonly number[])[] => {
  const events = lines.map((line, index) => readLine(line, String(index)))
  return joined(events).map((group) => group.map(({ from }) => Number(from)))
}

const nginxError = (connection: number, target: string, second = "24") =>
  `2024/06/23 16:49:${second} [error] 1#1: *${connection} access forbidden by rule, client: 192.0.2.1, server: x, request: "GET ${target} HTTP/1.1", host: "h"`
const access = (target: string, second = "24", client = "192.0.2.1") =>
  `${client} - - [23/Jun/2024:16:49:${second} +0000] "GET ${target} HTTP/1.1" 403 5 "-" "curl"`
const rule = (uniqueId: string, id: number, target = "/a") =>
  `[Sun Jun 23 16:49:24.100000 2024] [security2:error] [pid 1] [client 192.0.2.1:4000] ModSecurity: Warning. x [id "${id}"] [uri "${target}"] [unique_id "${uniqueId}"]`

test("lines with one unique_id are of one request, whatever stands between them", () => {
  expect(groupsOf(rule("A", 1), rule("B", 1), rule("A", 2), rule("B", 2))).toEqual([
    [0, 2],
    [1, 3],
  ])
})

test("one connection of nginx carries several requests", () => {
  expect(groupsOf(nginxError(7, "/a"), nginxError(7, "/b"), nginxError(7, "/a"))).toEqual([[0, 2], [1]])
})

test("an access line joins the error line of the same client and target near it", () => {
  expect(
    groupsOf(nginxError(7, "/a"), access("/a", "25"), access("/a", "40"), access("/a", "24", "192.0.2.9")),
  ).toEqual([[0, 1], [2], [3]])
})

test("a rule that tells the path alone joins the access line that tells the query too", () => {
  expect(groupsOf(rule("A", 1), access("/a?q=1").replace('"GET', '"GET'))).toEqual([[0], [1]])
  const denied = `[Sun Jun 23 16:49:24.100000 2024] [authz_core:error] [pid 1] [client 192.0.2.1:4000] AH01630: client denied by server configuration: /var/www/a`
  expect(groupsOf(rule("A", 1), denied)).toEqual([[0, 1]])
})

test("two access lines alike are two requests", () => {
  expect(groupsOf(access("/a"), access("/a"))).toEqual([[0], [1]])
})

test("lines that say nothing of a request stay alone", () => {
  expect(groupsOf("hello", "world")).toEqual([[0], [1]])
})

test("every line is in one group, and the order is kept", () => {
  const line = fc.oneof(
    fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom("/a", "/b"))
      .map(([connection, target]) => nginxError(connection, target)),
    fc
      .tuple(fc.constantFrom("/a", "/b?x"), fc.constantFrom("10", "24", "59"))
      .map(([target, second]) => access(target, second)),
    fc.tuple(fc.constantFrom("A", "B"), fc.integer({ min: 1, max: 3 })).map(([uniqueId, id]) => rule(uniqueId, id)),
    fc.constant("text"),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const groups = groupsOf(...lines)
      expect(groups.flat().toSorted((a, b) => a - b)).toEqual(lines.map((_, index) => index))
      for (const group of groups) expect(group).toEqual(group.toSorted((a, b) => a - b))
    }),
  )
})
