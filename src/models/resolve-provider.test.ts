import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { PLACEHOLDERS } from "./provider.ts"
import type { ProviderSettings } from "./provider-settings.ts"
import { providers } from "./providers.ts"
import { addressOf, type ResolvedProvider, resolveProvider } from "./resolve-provider.ts"
import { WIRE_FORMATS } from "./wire-format.ts"

function resolved(settings: ProviderSettings): ResolvedProvider {
  const found = resolveProvider(settings)
  if (found.kind === "fault") throw new Error(`${found.at} ${found.message}`)
  return found.provider
}

function faultOf(settings: ProviderSettings): string {
  const found = resolveProvider(settings)
  return found.kind === "fault" ? `${found.at} ${found.message}` : "none"
}

const EVERYTHING = Object.fromEntries(PLACEHOLDERS.map((it) => [it, "eu-1"]))
const name = fc.constantFrom(...providers().keys())

describe("a provider by name", () => {
  test("is whole with a key and its settings: no placeholder is left but the model", () => {
    for (const use of providers().keys()) {
      const provider = resolved({ use, key: "k", "access-key-id": "AKIA", ...EVERYTHING })
      expect(provider.url).not.toMatch(/[{}]/)
      for (const path of Object.values(provider.paths)) expect(path.replaceAll("{model}", "")).not.toMatch(/[{}]/)
      expect(URL.canParse(addressOf(provider, "chat", "a/b") ?? provider.url)).toBe(true)
    }
  })

  test("is a fault that names the setting for every one that is missing, and none once it is told", () => {
    fc.assert(
      fc.property(name, fc.subarray([...PLACEHOLDERS]), fc.boolean(), (use, told, hasKey) => {
        let settings: ProviderSettings = { use, ...Object.fromEntries(told.map((it) => [it, "eu-1"])) }
        if (hasKey) settings = { ...settings, key: "k" }
        for (let more = 0; more <= PLACEHOLDERS.length + 1; more += 1) {
          const found = resolveProvider(settings)
          if (found.kind === "resolved") return
          expect(settings[found.at]).toBeUndefined()
          settings = { ...settings, [found.at]: "eu-1" }
        }
        throw new Error("still a fault")
      }),
    )
  })

  test("says which variable a key is usually kept in", () => {
    expect(faultOf({ use: "groq" })).toBe(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as it is written in the file
      "key is missing: Groq asks for one; take it from the environment: ${GROQ_API_KEY}",
    )
    expect(faultOf({ use: "bedrock", key: "k" })).toBe(
      "region is missing: The AWS region that serves the models, such as eu-central-1",
    )
    expect(faultOf({ use: "nobody" })).toBe("use names no provider: nobody")
  })

  test("shows a key the way that what was told is enough for", () => {
    expect(resolved({ use: "bedrock", region: "eu-west-1", key: "k" }).auth).toEqual({ kind: "bearer" })
    expect(resolved({ use: "bedrock", region: "eu-west-1", key: "k", "access-key-id": "AKIA" }).auth).toEqual({
      kind: "sigv4",
      service: "bedrock",
    })
    expect(resolved({ use: "azure-openai", resource: "r", key: "k" }).auth).toEqual({ kind: "header", name: "api-key" })
    expect(resolved({ use: "azure-openai", resource: "r", key: "k", auth: "bearer" }).auth).toEqual({ kind: "bearer" })
    expect(faultOf({ use: "groq", key: "k", auth: "sigv4" })).toBe("auth is bearer at Groq")
    expect(faultOf({ use: "bedrock", region: "r", key: "k", auth: "sigv4" })).toStartWith("access-key-id is missing")
    expect(faultOf({ use: "vllm", key: "k", auth: "none" })).toBe("key is told although no key is to be shown")
    expect(resolved({ use: "vllm" }).auth).toEqual({ kind: "none" })
    expect(resolved({ use: "vllm", key: "k" }).auth).toEqual({ kind: "bearer" })
  })

  test("is reached elsewhere where the configuration says so, and then needs no key", () => {
    const provider = resolved({ use: "openai", url: "http://127.0.0.1:9/v1" })
    expect(addressOf(provider, "chat", "m")).toBe("http://127.0.0.1:9/v1/chat/completions")
    expect(provider.auth).toEqual({ kind: "none" })
    expect(provider.quirks.developerRole).toBe(true)
    expect(resolved({ use: "bedrock", url: "http://127.0.0.1:9", key: "k" }).auth).toEqual({ kind: "bearer" })
  })

  test("has another host for Google's global location", () => {
    const at = (location: string) => resolved({ use: "vertex", project: "p", location, key: "t" })
    expect(addressOf(at("global"), "chat", "gemini-2.5-pro")).toBe(
      "https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers/google/models/gemini-2.5-pro:generateContent",
    )
    expect(addressOf(at("europe-west4"), "chatStream", "gemini-2.5-pro")).toBe(
      "https://europe-west4-aiplatform.googleapis.com/v1/projects/p/locations/europe-west4/publishers/google/models/gemini-2.5-pro:streamGenerateContent?alt=sse",
    )
  })

  test("speaks OpenAI's responses where it offers them and is asked to", () => {
    const provider = resolved({ use: "openai", key: "k", format: "openai-responses" })
    expect(addressOf(provider, "chat", "m")).toBe("https://api.openai.com/v1/responses")
    expect(faultOf({ use: "mistral", key: "k", format: "openai-responses" })).toBe(
      "format cannot be openai-responses: Mistral AI speaks openai-chat",
    )
  })

  test("takes nothing into an address that would leave its place", () => {
    fc.assert(
      fc.property(fc.string(), (resource) => {
        const found = resolveProvider({ use: "azure-openai-v1", resource, key: "k" })
        if (found.kind === "resolved")
          expect(new URL(found.provider.url).hostname).toBe(`${resource}.openai.azure.com`.toLowerCase())
        else expect(found.at).toBe("resource")
      }),
    )
    for (const bad of ["a/b", "a@b", "a?b", "a#b", "a:b", "..", "", "a b"])
      expect(faultOf({ use: "azure-openai-v1", resource: bad, key: "k" })).toStartWith("resource cannot stand")
  })

  test("is no fault's text that holds the key", () => {
    fc.assert(
      fc.property(name, fc.constantFrom("sk-very\nsecret", "sk-very secret", "sk-véry"), (use, key) => {
        expect(faultOf({ use, key, ...EVERYTHING })).not.toContain(key)
      }),
    )
  })
})

describe("a server by dialect", () => {
  test("is told by its address alone, and asked without a key unless there is one", () => {
    const provider = resolved({ dialect: "openai", url: "http://models.internal/v1" })
    expect(provider).toMatchObject({ name: "openai-chat", format: "openai-chat", auth: { kind: "none" }, quirks: {} })
    expect(addressOf(provider, "embeddings", "m")).toBe("http://models.internal/v1/embeddings")
    expect(resolved({ dialect: "anthropic", url: "http://models.internal/v1", key: "k" })).toMatchObject({
      auth: { kind: "header", name: "x-api-key" },
      headers: [["anthropic-version", "2023-06-01"]],
    })
  })

  test("is not thought to have OpenAI's other ways to ask for a chat, which few servers have", () => {
    const server = resolved({ dialect: "openai", url: "http://models.internal/v1" })
    expect([server.paths.responses, server.paths.completions]).toEqual([undefined, undefined])
    const named = resolved({ use: "openai", url: "http://models.internal/v1" })
    expect([named.paths.responses, named.paths.completions]).toEqual(["/responses", "/completions"])
    const { paths } = resolved({ dialect: "openai-responses", url: "http://models.internal/v1" })
    expect([paths.chat, paths.responses, paths.completions]).toEqual(["/responses", "/responses", undefined])
  })

  test("can be of every format", () => {
    for (const dialect of WIRE_FORMATS) {
      const provider = resolved({ dialect, url: "http://models.internal", key: "k" })
      expect(provider.format).toBe(dialect)
      expect(addressOf(provider, "chat", "m")).toStartWith("http://models.internal/")
    }
  })

  test("is the provider that is known at its address, with its prices and departures", () => {
    const provider = resolved({ dialect: "openai", url: "https://api.openai.com/v1", key: "k" })
    expect(provider).toMatchObject({ name: "openai", prices: "openai", quirks: { maxTokens: "max_completion_tokens" } })
  })

  test("needs an address", () => {
    expect(faultOf({ dialect: "openai", key: "k" })).toStartWith("url is missing")
    expect(faultOf({})).toStartWith("use is missing")
  })
})

test("a model stands in a path as one segment", () => {
  const provider = resolved({ use: "bedrock", region: "eu-west-1", key: "k" })
  const arn = "arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.amazon.nova-pro-v1:0"
  expect(addressOf(provider, "chat", arn)).toBe(
    `https://bedrock-runtime.eu-west-1.amazonaws.com/model/${encodeURIComponent(arn)}/converse`,
  )
  expect(addressOf(provider, "rerank", "m")).toBeUndefined()
})
