import { expect, test } from "bun:test"
import { wafAwsSizeRestrictionsBody } from "./size-restrictions-body.ts"

const sizes = wafAwsSizeRestrictionsBody.clues
  .filter(({ says }) => says === "it is large requests that are refused")
  .flatMap(({ all }) => all.slice(0, 1))
  .flatMap((it) => ("see" in it || typeof it.text === "string" ? [] : [it.text]))

test("longer requests are of size", () => {
  expect(sizes.length).toBe(1)
  expect(sizes.every((it) => it.test("only longer definitions are refused"))).toBe(true)
})

test("what no longer works is not of size", () => {
  expect(sizes.some((it) => it.test("browsers can no longer call the API"))).toBe(false)
})
