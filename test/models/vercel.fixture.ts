import { createAmazonBedrock } from "@ai-sdk/amazon-bedrock"
import { createAnthropic } from "@ai-sdk/anthropic"
import { createCohere } from "@ai-sdk/cohere"
import { createGoogleGenerativeAI } from "@ai-sdk/google"
import { createOpenAI } from "@ai-sdk/openai"
import { createOpenAICompatible } from "@ai-sdk/openai-compatible"
import type { LanguageModel } from "ai"
import type { Format } from "./providers/provider.fixture.ts"
import { awsCredentials } from "./providers/sigv4.fixture.ts"
import { providerKey as apiKey } from "./providers/wire.fixture.ts"

/** The formats that the Vercel AI SDK speaks; Ollama's own is not among them. */
export const vercelFormats = [
  "openai-chat",
  "openai-responses",
  "anthropic",
  "gemini",
  "bedrock",
  "azure-openai",
  "cohere",
] as const satisfies readonly Format[]

/** The model by the SDK's provider for the format, asking at `url` (without a path). */
export function vercelModel(format: (typeof vercelFormats)[number], url: string, model: string): LanguageModel {
  switch (format) {
    case "openai-chat":
      return createOpenAI({ apiKey, baseURL: `${url}/v1` }).chat(model)
    case "openai-responses":
      return createOpenAI({ apiKey, baseURL: `${url}/v1` }).responses(model)
    case "anthropic":
      return createAnthropic({ apiKey, baseURL: `${url}/v1` })(model)
    case "gemini":
      return createGoogleGenerativeAI({ apiKey, baseURL: `${url}/v1beta` })(model)
    case "bedrock":
      return createAmazonBedrock({ baseURL: url, ...awsCredentials })(model)
    case "azure-openai":
      return createOpenAICompatible({
        name: "azure",
        baseURL: `${url}/openai/deployments/${model}`,
        headers: { "api-key": apiKey },
        queryParams: { "api-version": "2024-10-21" },
        includeUsage: true,
        supportsStructuredOutputs: true,
      })(model)
    case "cohere":
      return createCohere({ apiKey, baseURL: `${url}/v2` })(model)
  }
}

/** The SDK's provider for the many who speak OpenAI's chat with additions of their own. */
export const compatibleModel = (url: string, model: string): LanguageModel =>
  createOpenAICompatible({ name: "compatible", apiKey, baseURL: `${url}/v1`, includeUsage: true })(model)
