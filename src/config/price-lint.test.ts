import { expect, test } from "bun:test"
import { loadConfig } from "./load.ts"

const faultsOf = (key: string, model: string): readonly string[] =>
  loadConfig(
    `
keys: [{ name: alice, key: alice-0123456789abcdef${key} }]
models: { small: ${model} }
providers:
  local: { dialect: openai, url: "http://127.0.0.1:9/v1" }
  openai: { use: openai, key: k }
`,
    "f.yaml",
    {},
  ).faults.map(({ severity, source, message }) => `${source.line} ${severity}: ${message}`)

const UNKNOWN = "[{ provider: local, model: own }]"

test("a model whose price is not known is warned of where there is a budget that it would not count on", () => {
  expect(faultsOf(", budget: { day: 1 }", UNKNOWN)).toEqual([
    "3 warning: the price of local/own is not known, so that its calls count as nothing on any budget",
  ])
  expect(
    faultsOf(", budget: { day: 1 }", "{ targets: [{ provider: local, model: own }], price: { input: 1 } }"),
  ).toEqual([])
  expect(faultsOf(", budget: { day: 1 }", "[{ provider: openai, model: gpt-4o }]")).toEqual([])
  expect(faultsOf("", UNKNOWN)).toEqual([])
})
