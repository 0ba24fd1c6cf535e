import { expect } from "bun:test"
import { matrix, type Pair, wayOf } from "./matrix.fixture.ts"
import { reasoningSignature, reasoningText } from "./providers/script.fixture.ts"

/** Formats whose provider signs what it thinks, and wants it back. */
const SIGNING = new Set<Pair["spoken"]>(["openai-responses", "anthropic", "gemini", "bedrock"])

/** Bedrock tells by the model's name how thoughts are asked for. */
const ask = (pair: Pair, isStreamed: boolean) =>
  pair.ask(
    { text: "say yes", isThoughtTold: true, maxTokens: 4096, isStreamed },
    pair.format === "bedrock" ? "anthropic.claude-scripted" : "scripted",
  )

matrix([
  ...[false, true].map((isStreamed) => ({
    name: `asks for thoughts, and is told them, ${wayOf(isStreamed)}`,
    needs: "reasoning" as const,
    check: async (pair: Pair) => {
      const { text, reasoning } = await ask(pair, isStreamed)
      expect(text).toBe("yes")
      // OpenAI's chat says how hard to think, and nothing of whether to tell it: Gemini then thinks as it does by itself.
      const isLeftToGemini = pair.speaker.dialect === "openai-chat" && pair.spoken === "gemini"
      expect(pair.asked().isReasoningAsked).toBe(!isLeftToGemini)
      expect(reasoning).toBe(reasoningOf(pair, isStreamed))
    },
  })),
  ...[false, true].map((isStreamed) => ({
    name: `sends thoughts back to whoever signed them, ${wayOf(isStreamed)}`,
    needs: "signature" as const,
    check: async (pair: Pair) => {
      const told = await ask(pair, isStreamed)
      expect((await told.next({ text: "say more" })).text).toContain("more")
      const thoughts = pair
        .asked()
        .messages.flatMap(({ parts }) => parts.flatMap((it) => (it.kind === "reasoning" ? [it] : [])))
      if (!SIGNING.has(pair.spoken)) {
        expect(thoughts.map((it) => it.signature).filter(Boolean)).toEqual([])
        return
      }
      expect(thoughts.map((it) => it.text).join("")).toBe(reasoningText)
      expect(thoughts.findLast((it) => it.signature)?.signature).toBe(reasoningSignature)
    },
  })),
])

/** What the SDK shows. */
function reasoningOf({ speaker, spoken }: Pair, isStreamed: boolean): string {
  // Azure's chat counts thoughts and tells none.
  if (spoken === "azure-openai") return ""
  if (speaker.dialect !== "openai-chat") return reasoningText
  // OpenAI's responses tell thoughts where a summary is asked for, which OpenAI's chat cannot; Gemini likewise.
  if (spoken === "openai-responses" || spoken === "gemini") return ""
  // `reasoning_content` is no member that OpenAI knows: its helper keeps the last piece of what it does not know.
  return isStreamed ? "t." : reasoningText
}
