import { describe, expect, test } from "bun:test"
import { resolveProvider } from "../models/resolve-provider.ts"
import { providerSchema } from "./provider-schema.ts"

describe("a provider in the configuration", () => {
  test("is read by name, and is what is resolved", () => {
    const read = providerSchema.parse({ use: "bedrock", region: "eu-west-1", key: "k", "access-key-id": "AKIA" })
    expect(resolveProvider(read)).toMatchObject({
      kind: "resolved",
      provider: {
        url: "https://bedrock-runtime.eu-west-1.amazonaws.com",
        auth: { kind: "sigv4" },
        told: { region: "eu-west-1" },
      },
    })
  })

  test("is read by dialect as before", () => {
    const read = providerSchema.parse({ dialect: "openai", url: "http://127.0.0.1:9/v1/", key: "k" })
    expect(resolveProvider(read)).toMatchObject({
      kind: "resolved",
      provider: { url: "http://127.0.0.1:9/v1", format: "openai-chat", auth: { kind: "bearer" } },
    })
  })

  test("is one or the other", () => {
    for (const it of [{}, { use: "groq", dialect: "openai" }, { use: "grok" }, { dialect: "grpc", url: "http://a" }])
      expect(providerSchema.safeParse(it).success).toBe(false)
  })

  test("has no part that could leave its place in an address, and no setting that is not known", () => {
    const bedrock = { use: "bedrock", key: "k" }
    expect(providerSchema.safeParse({ ...bedrock, region: "eu-west-1.evil.example/" }).success).toBe(false)
    expect(providerSchema.safeParse({ ...bedrock, zone: "eu-west-1" }).success).toBe(false)
  })
})
