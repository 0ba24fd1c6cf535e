import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { Names } from "./names.ts"
import { PublicForm } from "./public-form.ts"

const text = fc.stringMatching(/^[a-c_.]{0,6}$/)
const servers = fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[a-c][a-c0-9-]{0,3}$/), prefix: text }), {
  maxLength: 4,
  selector: ({ prefix }) => prefix,
})
const uri = fc.constantFrom("file:///a", "a+b://c", "test://x/{id}", "a+file:///b")

describe("names of many servers", () => {
  test("lead back to the server and the name they were made of", () => {
    fc.assert(
      fc.property(servers, text, (all, name) => {
        const names = new Names(all)
        for (const server of all) {
          const known = names.publicName(server, name)
          if (known !== undefined) expect(names.route(known)).toEqual({ server, name })
        }
      }),
    )
  })

  test("are each one server's", () => {
    fc.assert(
      fc.property(servers, fc.array(text), (all, own) => {
        const names = new Names(all)
        const known = all.flatMap((server) => [...new Set(own)].flatMap((it) => names.publicName(server, it) ?? []))
        expect(new Set(known).size).toBe(known.length)
      }),
    )
  })

  test("of resources lead back too, where servers have a prefix", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-c][a-c0-9-]{0,3}$/), { maxLength: 4 }), uri, (own, it) => {
        const all = own.map((name) => ({ name, prefix: `${name}__` }))
        const names = new Names(all)
        for (const server of all) expect(names.routeUri(names.publicUri(server, it))).toEqual({ server, name: it })
      }),
    )
  })
})

test("what holds no name is passed on as it came", () => {
  const server = { name: "a", prefix: "a__" }
  const form = new PublicForm(new Names([server]), server)
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (result) => {
      const { content: _, ...rest } = result
      expect(form.result("tools/call", JSON.parse(JSON.stringify(rest)))).toEqual(JSON.parse(JSON.stringify(rest)))
    }),
  )
})
