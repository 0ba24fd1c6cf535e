import { expect, test } from "bun:test"
import { appOriginCheck } from "./origin-check.ts"

const proofs = appOriginCheck.clues
  .filter(({ weight }) => weight === "proof")
  .flatMap(({ all }) => all)
  .flatMap((it) => ("see" in it || typeof it.text === "string" ? [] : [it.text]))
const isProved = (body: string): boolean => proofs.some((it) => it.test(body))

test.each([
  ["Grafana", "origin not allowed"],
  ["Grafana, as JSON", '{"message":"origin not allowed"}'],
  ["Portainer", "Forbidden - origin invalid"],
  ["SvelteKit and Astro", "Cross-site POST form submissions are forbidden"],
  ["Astro, of a DELETE", "Cross-site DELETE form submissions are forbidden"],
  ["Go's net/http", "cross-origin request detected from Sec-Fetch-Site header"],
])("the words of %s are told from others", (_, body) => {
  expect(isProved(body)).toBe(true)
})

test.each([
  ["CORS of Express", "Error: origin not allowed by CORS"],
  ["Django", "CSRF Failed: Origin checking failed - https://a.example does not match any trusted origins."],
  ["a plain refusal", "Forbidden"],
])("those of %s are not taken for it", (_, body) => {
  expect(isProved(body)).toBe(false)
})
