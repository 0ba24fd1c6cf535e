import { expect } from "bun:test"
import { caught } from "./caught.fixture.ts"
import { matrix, type Pair } from "./matrix.fixture.ts"
import type { Speaker } from "./speakers/speaker.fixture.ts"

matrix([
  {
    name: "throws the SDK's own error for a key and a model that the gateway does not know",
    isOfSdk: true,
    check: async ({ speaker, door }) => {
      const question = { model: "anthropic/m1", text: "x", isStreamed: false }
      const refused = speaker.errorOf(await caught(speaker.at({ ...door, apiKey: "unknown-key" })(question)))
      expect(refused).toMatchObject({ kind: kindOf(speaker, 401), status: 401 })
      expect(refused?.message).toContain("key")
      const unknown = speaker.errorOf(await caught(speaker.at(door)({ ...question, model: "unknown" })))
      expect(unknown).toMatchObject({ kind: kindOf(speaker, 404), status: 404 })
      expect(unknown?.message).toContain("unknown")
    },
  },
  {
    name: "throws the SDK's own error for a limit and a failure of the provider",
    check: async (pair) => {
      const { speaker } = pair
      const limited = speaker.errorOf(await caught(pair.ask({ text: "x", isStreamed: false }, "fault-429")))
      expect(limited).toMatchObject({ kind: kindOf(speaker, 429), status: 429 })
      expect(limited?.message).toContain("The model's provider limits how often the gateway may ask it")
      const failed = speaker.errorOf(await caught(pair.ask({ text: "x", isStreamed: true }, "fault-500")))
      expect(failed).toMatchObject({ kind: kindOf(speaker, 502), status: 502 })
      expect(failed?.message).toContain("The model's provider failed")
    },
  },
  ...["fault-midstream-error", "fault-truncated-stream", "fault-cut-stream"].map((fault) => ({
    name: `throws where a stream that has begun breaks off: ${fault}`,
    check: async (pair: Pair) => {
      const error = await caught(pair.ask({ text: "say something long that breaks off", isStreamed: true }, fault))
      // OpenAI's helper throws the event of a response as it came.
      expect(error).toBeDefined()
    },
  })),
])

function kindOf({ name, dialect }: Speaker, status: 401 | 404 | 429 | 502): string {
  if (name.startsWith("Vercel")) return "AI_APICallError"
  return dialect === "gemini" ? "ApiError" : KINDS[status]
}

/** Of OpenAI's SDK and of Anthropic's. */
const KINDS = {
  401: "AuthenticationError",
  404: "NotFoundError",
  429: "RateLimitError",
  502: "InternalServerError",
} as const
