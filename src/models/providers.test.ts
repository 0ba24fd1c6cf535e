import { describe, expect, test } from "bun:test"
import { join } from "node:path"
import { Glob } from "bun"
import { Catalogue } from "./catalogue/catalogue.ts"
import { PLACEHOLDERS } from "./provider.ts"
import { PROVIDERS } from "./providers/catalogue.gen.ts"
import { PROVIDER_NAMES } from "./providers/names.gen.ts"
import { providers } from "./providers.ts"
import { type Quirks, REFUSED_FIELDS } from "./quirks.ts"
import { WIRE_FORMATS } from "./wire-format.ts"

const folder = join(import.meta.dir, "providers")
const files = [...new Glob("*.ts").scanSync(folder)]
  .filter((it) => !/\.(?:gen|test)\.ts$/.test(it) && it !== "authentication.ts")
  .map((it) => it.replace(/\.ts$/, ""))
const all = [...providers().values()]
const placeholdersIn = (text: string): readonly string[] =>
  [...text.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name ?? "")

describe("the providers", () => {
  test("are the files, each under its name, and no others", () => {
    expect<readonly string[]>(PROVIDER_NAMES).toEqual(files.toSorted())
    expect(PROVIDERS.map((it) => it.name)).toEqual(files.toSorted())
  })

  test("are loaded as their files say", () => {
    expect(all).toEqual([...PROVIDERS])
  })

  test("are at least those that were promised", () => {
    const promised =
      "openai anthropic gemini vertex azure-openai bedrock mistral ollama vllm llama-cpp lm-studio groq together fireworks deepinfra cerebras openrouter cohere xai deepseek qwen moonshot zhipu perplexity huggingface nvidia cloudflare"
    expect(promised.split(" ").filter((it) => !providers().has(it))).toEqual([])
    expect(all.length).toBeGreaterThanOrEqual(45)
  })

  test("name every wire format but one that only a setting chooses", () => {
    const spoken = new Set(all.map((it) => it.format))
    expect(WIRE_FORMATS.filter((it) => !spoken.has(it))).toEqual(["openai-responses"])
  })

  test("use every quirk and every refused field there is", () => {
    // Complete by its type: a quirk that is added has to be added here, and used.
    const quirks: Readonly<Record<keyof Quirks, true>> = {
      streamUsage: true,
      maxTokens: true,
      developerRole: true,
      structuredOutput: true,
      refuses: true,
      reasoning: true,
      reasoningEchoed: true,
      content: true,
      toolCallIds: true,
      toolRequired: true,
      seed: true,
      roles: true,
      topK: true,
      cacheControl: true,
      reasoningDetails: true,
      anthropicVersion: true,
      rerank: true,
    }
    expect([...new Set(all.flatMap((it) => Object.keys(it.quirks ?? {})))].sort()).toEqual(Object.keys(quirks).sort())
    expect([...new Set(all.flatMap((it) => it.quirks?.refuses ?? []))].sort()).toEqual([...REFUSED_FIELDS].sort())
  })

  test("use every placeholder there is", () => {
    const used = new Set(all.flatMap((it) => (it.settings ?? []).map(({ name }) => name)))
    expect([...used].sort()).toEqual([...PLACEHOLDERS])
  })
})

const catalogue = new Catalogue()

for (const provider of all)
  describe(provider.title, () => {
    const { url, paths, settings = [], auth, headers = [], prices, home, reference } = provider
    const addresses = [url, ...settings.flatMap((it) => it.instead ?? []).map((it) => it.url)]

    test("is reached at an absolute address that is encrypted, or on one's own machine", () => {
      for (const it of addresses)
        expect(it).toMatch(
          /^(?:https:\/\/[a-z0-9.{}-]+(?:\/[\w./{}-]*\w|\/[\w./{}-]*\})?|http:\/\/127\.0\.0\.1:\d+(?:\/v1)?)$/,
        )
      for (const it of [home, reference]) expect(it).toMatch(/^https:\/\/\S+[^.]$/)
    })

    test("has paths that begin with a slash, and offers something", () => {
      for (const it of Object.values(paths)) expect(it).toMatch(/^\/\S+$/)
      expect(paths.chat ?? paths.embeddings).toBeDefined()
    })

    test("has a setting for each placeholder and a placeholder for each setting", () => {
      const inPaths = Object.values(paths).flatMap(placeholdersIn)
      const found = new Set([...placeholdersIn(url), ...inPaths].filter((it) => it !== "model"))
      expect([...found].sort()).toEqual(settings.map((it) => it.name).sort())
    })

    test("has the model in its path where the format has it in no body", () => {
      const hasModel = placeholdersIn(paths.chat ?? "").includes("model")
      expect(hasModel).toBe(
        ["gemini", "bedrock", "azure-openai"].includes(provider.format) || provider.name === "vertex-anthropic",
      )
    })

    test("has names of header fields in lower case, and each way to show a key once", () => {
      for (const it of auth) if (it.kind === "header") expect(it.name).toMatch(/^[a-z0-9-]+$/)
      for (const [name] of headers) expect(name).toMatch(/^[a-z0-9-]+$/)
      expect(new Set(auth.map((it) => it.kind)).size).toBe(auth.length)
    })

    test("has prices in the catalogue, or none", () => {
      if (prices !== undefined) expect(catalogue.rowsOf(prices).length).toBeGreaterThan(0)
    })

    test("says where a key is usually kept, where it asks for one", () => {
      for (const it of provider.keyVariables) expect(it).toMatch(/^[A-Z][A-Z0-9_]+$/)
      if (auth[0].kind !== "none") expect(provider.keyVariables.length).toBeGreaterThan(0)
    })
  })
