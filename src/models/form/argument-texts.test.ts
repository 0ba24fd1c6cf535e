import { expect, test } from "bun:test"
import fc from "fast-check"
import { argumentsWith } from "./argument-texts.ts"

const shout = (text: string): string =>
  text.replaceAll("a@b.example", "[EMAIL]").replaceAll("4111111111111111", "[CARD]")

test("arguments in which nothing is changed stay byte for byte as the model wrote them", () => {
  fc.assert(
    fc.property(fc.json(), (written) => {
      expect(argumentsWith(written, (it) => it)).toBe(written)
    }),
  )
  expect(argumentsWith('{"n": 12345678901234567890 }', (it) => it)).toBe('{"n": 12345678901234567890 }')
})

test.each([
  ['{"to":"a\\u0040b.example"}', '{"to":"[EMAIL]"}'],
  ['{"card":4111111111111111,"ok":true,"none":null}', '{"card":"[CARD]","ok":true,"none":null}'],
  ['{"deep":[{"a@b.example":["a@b.example"]}]}', '{"deep":[{"[EMAIL]":["[EMAIL]"]}]}'],
  ['"a@b.example"', '"[EMAIL]"'],
  ['{"to":"a@b.example', '{"to":"[EMAIL]'],
  ["", ""],
])("texts are found in %s however JSON writes them", (written, told) => {
  expect(argumentsWith(written, shout)).toBe(told)
})
