import { describe, expect, test } from "bun:test"
import { Losses } from "../form/losses.ts"
import type { JsonObject } from "../json.ts"
import { prunedJsonSchema, readSchema, writeSchema } from "./schema.ts"

describe("a JSON Schema", () => {
  test("is written as the API's own where that says the same, and read back", () => {
    const schema: JsonObject = {
      type: "object",
      properties: {
        name: { type: ["string", "null"], minLength: 1, description: "Who" },
        tags: { type: "array", items: { type: "string", enum: ["a", "b"] }, maxItems: 3 },
        size: { anyOf: [{ type: "integer" }, { type: "number" }] },
      },
      required: ["name"],
    }
    const written = writeSchema(schema)
    expect(written).toEqual({
      type: "OBJECT",
      properties: {
        name: { type: "STRING", nullable: true, minLength: "1", description: "Who" },
        tags: { type: "ARRAY", items: { type: "STRING", enum: ["a", "b"] }, maxItems: "3" },
        size: { anyOf: [{ type: "INTEGER" }, { type: "NUMBER" }] },
      },
      required: ["name"],
    })
    expect(readSchema(written ?? {})).toEqual(schema)
  })

  test("that the API's own cannot say is sent as JSON Schema, without what that does not take", () => {
    const schemas: JsonObject[] = [
      { type: "object", properties: {} },
      { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
      { $ref: "#/$defs/a", $defs: { a: { type: "string" } } },
      { type: ["string", "integer"] },
      { type: "string", format: "email" },
      { type: "integer", enum: [1, 2] },
      { anyOf: [{ not: {} }] },
    ]
    expect(schemas.map((it) => writeSchema(it))).toEqual(schemas.map(() => undefined))
    const losses = new Losses()
    const pruned = prunedJsonSchema(
      {
        $schema: "https://json-schema.org/draft/2020-12/schema",
        type: "object",
        properties: { a: { const: "x" }, not: { type: "string", not: { const: "b" } } },
        patternProperties: { x: {} },
        additionalProperties: { type: "string", contentEncoding: "base64" },
      },
      losses,
    )
    expect(pruned).toEqual({
      type: "object",
      properties: { a: { enum: ["x"] }, not: { type: "string" } },
      additionalProperties: { type: "string" },
    })
    expect(losses.list().map((it) => it.what)).toEqual([
      "schema.not",
      "schema.patternProperties",
      "schema.contentEncoding",
    ])
  })
})
