import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { matchesGlob } from "../text/glob.ts"
import { fromField, toField } from "./field-value.ts"
import { readJson, readJsonBytes } from "./json.ts"
import { readMessage, requestText } from "./message.ts"

const seen = (text: string): unknown => {
  const message = readMessage(readJson(text))
  return message.kind === "unreadable" ? message.seen : message.kind
}

describe("a message", () => {
  test("is read back as it was written", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.integer()),
        fc.string(),
        fc.dictionary(fc.string(), fc.jsonValue()),
        (id, method, given) => {
          const params = JSON.parse(JSON.stringify(given))
          expect(readMessage(readJson(requestText(id, method, params)))).toEqual({
            kind: "request",
            id,
            method,
            params,
          })
        },
      ),
    )
  })

  test("is never thrown at, whatever it is", () => {
    fc.assert(fc.property(fc.jsonValue(), (it) => void readMessage(JSON.parse(JSON.stringify(it)))))
    fc.assert(fc.property(fc.uint8Array(), (it) => void readMessage(readJsonBytes(it))))
  })

  test("that is none says what it is instead", () => {
    expect(seen("[]")).toBe("a batch, which MCP has none of")
    expect(seen("{")).toBe("not JSON in UTF-8")
    expect(seen("7")).toBe("JSON, and no object")
    expect(seen('{"id":1,"method":"ping"}')).toBe('an object without "jsonrpc": "2.0"')
    expect(seen('{"jsonrpc":"2.0","id":null,"method":"ping"}')).toBe("a request with the id null")
    expect(seen('{"jsonrpc":"2.0","id":1.5,"method":"ping"}')).toBe("an id that is neither text nor a whole number")
    expect(seen('{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}')).toBe("parameters that are no object")
    expect(seen('{"jsonrpc":"2.0","id":1}')).toBe("a response with neither a result nor an error")
    expect(seen('{"jsonrpc":"2.0","id":1,"error":{"code":1}}')).toBe("an error without code and message")
    expect(seen(`${"[".repeat(100_000)}${"]".repeat(100_000)}`)).toBeString()
  })
})

test("any text is a field's value and back", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const value = toField(text.toWellFormed())
      expect(value).toMatch(/^[\x20-\x7e\t]*$/)
      expect(fromField(value)).toBe(text.toWellFormed())
    }),
  )
  expect(fromField("=?base64?####?=")).toBeUndefined()
})

test("a pattern stands for what a regular expression of it stands for", () => {
  const piece = fc.constantFrom("a", "b", "ab", "*", "__", "")
  fc.assert(
    fc.property(fc.array(piece), fc.array(fc.constantFrom("a", "b", "_")), (pieces, letters) => {
      const pattern = pieces.join("")
      const name = letters.join("")
      const expected = new RegExp(`^${pattern.split("*").join(".*")}$`).test(name)
      expect(matchesGlob(pattern, name)).toBe(expected)
    }),
  )
})
