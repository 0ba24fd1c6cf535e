import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { readNginx } from "../../nginx/configuration.ts"
import { letIn as relation } from "../../nginx/relations.ts"
import type { Rule } from "../../nginx/settings/rules.ts"
import { readAddress } from "../../values/address.ts"
import { anyAddress, anyNetwork } from "../addresses.fixture.ts"
import { addressesOf, deadRules, letIn, ownRules } from "./rules.ts"

const line = fc
  .tuple(
    fc.constantFrom("allow", "deny"),
    fc.oneof({ weight: 8, arbitrary: anyNetwork }, fc.constantFrom("all", "unix:")),
  )
  .map((it) => it.join(" "))

/** As nginx reads them. */
const read = (lines: readonly string[]): readonly Rule[] =>
  readNginx([{ file: "list", text: `server {\n${lines.map((it) => `${it};`).join("\n")}\n}\n` }]).servers.flatMap(
    (it) => ownRules(it.directive),
  )

describe("an access list of nginx", () => {
  test("lets in whom the relation that judges requests lets in", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), anyAddress, (lines, address) => {
        expect(letIn(read(lines)).has(readAddress(address))).toBe(relation.holds(address, lines))
      }),
      { numRuns: 3000 },
    )
  })

  test("decides about every address as before when all its dead lines are removed", () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 12 }),
        fc.array(anyAddress, { minLength: 20, maxLength: 20 }),
        (lines, addresses) => {
          const rules = read(lines)
          const removed = new Set(deadRules(rules).map((it) => it.rule))
          const left = rules.filter((it) => !removed.has(it)).map((it) => it.said)
          for (const it of [...addresses, "unix:"]) expect(relation.holds(it, left)).toBe(relation.holds(it, lines))
        },
      ),
      { numRuns: 1500 },
    )
  })

  test("keeps every line that some address gets to", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 10 }), anyAddress, (lines, address) => {
        const rules = read(lines)
        const first = rules.find((it) => addressesOf(it).has(readAddress(address)))
        expect(deadRules(rules).some((it) => it.rule === first)).toBe(false)
      }),
      { numRuns: 1500 },
    )
  })

  test("is told which line above takes the addresses, the one that says the opposite first", () => {
    const [dead] = deadRules(read(["deny 10.0.0.0/9", "allow 10.128.0.0/9", "allow 10.0.0.0/8"]))
    expect(dead).toMatchObject({
      rule: { said: "allow 10.0.0.0/8" },
      by: { said: "deny 10.0.0.0/9" },
      isContrary: true,
    })
    const [mapped] = deadRules(read(["deny ::ffff:10.0.0.0/104"]))
    expect(mapped).toMatchObject({ isContrary: false, by: undefined })
  })
})
