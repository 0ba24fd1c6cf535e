import type { Asked } from "./asked.fixture.ts"
import { pieces } from "./pieces.fixture.ts"
import type { Answer, AnswerPart, AnswerStop } from "./script.fixture.ts"

/** Source: Gemini API reference, `GenerateContentResponse`, `Candidate`, `UsageMetadata`, "Thought signatures". */
export function generated(asked: Asked, answer: Answer, serial: number): unknown {
  const text = answer.parts.flatMap((it) => (it.kind === "text" ? [it.text] : [])).join("")
  const candidates = Array.from({ length: asked.choices }, (_, index) => ({
    ...contentOf(answer.parts.flatMap((it) => partsOf(it, false))),
    finishReason: finishOf(answer.stop),
    ...(asked.areLogprobsAsked && { avgLogprobs: -0.25, logprobsResult: logprobsOf(text) }),
    index,
  }))
  return { candidates, usageMetadata: usageMetadata(answer, true), ...headOf(asked, serial) }
}

export function generateChunks(asked: Asked, answer: Answer, serial: number): readonly unknown[] {
  const parts = answer.parts.flatMap((it) => partsOf(it, true))
  const chunks: unknown[] = []
  for (let index = 0; index < asked.choices; index += 1) {
    for (const part of parts) {
      const candidate = { ...contentOf([part]), index }
      chunks.push({ candidates: [candidate], usageMetadata: usageMetadata(answer, false), ...headOf(asked, serial) })
    }
    const candidate = { ...contentOf([{ text: "" }]), finishReason: finishOf(answer.stop), index }
    chunks.push({ candidates: [candidate], usageMetadata: usageMetadata(answer, true), ...headOf(asked, serial) })
  }
  return chunks
}

const headOf = ({ model }: Asked, serial: number) => ({
  modelVersion: model,
  responseId: `response${String(serial).padStart(8, "0")}`,
})

const contentOf = (parts: readonly unknown[]) => ({ content: { ...(parts.length > 0 && { parts }), role: "model" } })

function partsOf(part: AnswerPart, isStreamed: boolean): readonly object[] {
  const cut = isStreamed ? pieces : (text: string) => [text]
  switch (part.kind) {
    case "text":
      return cut(part.text).map((text) => ({ text }))
    case "reasoning": {
      const thoughts = cut(part.text).map((text) => ({ text, thought: true }))
      const last = thoughts.length - 1
      return thoughts.map((it, at) => (at === last ? { ...it, thoughtSignature: part.signature } : it))
    }
    case "tool-call":
      return [{ functionCall: { name: part.name, args: part.arguments } }]
  }
}

/** Calls end with `STOP`; so do stop sequences. */
function finishOf({ kind }: AnswerStop): string {
  if (kind === "length") return "MAX_TOKENS"
  return kind === "refusal" ? "SAFETY" : "STOP"
}

/** `candidatesTokenCount` leaves the thoughts out; `promptTokenCount` has the cached ones in. */
function usageMetadata({ usage }: Answer, isWhole: boolean) {
  const told = { promptTokenCount: usage.input, promptTokensDetails: [{ modality: "TEXT", tokenCount: usage.input }] }
  if (!isWhole) return { ...told, totalTokenCount: usage.input }
  return {
    ...told,
    candidatesTokenCount: usage.output - usage.reasoning,
    totalTokenCount: usage.input + usage.output,
    ...(usage.cachedInput > 0 && { cachedContentTokenCount: usage.cachedInput }),
    ...(usage.reasoning > 0 && { thoughtsTokenCount: usage.reasoning }),
  }
}

const logprobsOf = (text: string) => {
  const chosenCandidates = pieces(text).map((token, tokenId) => ({ token, tokenId, logProbability: -0.25 }))
  return { chosenCandidates, topCandidates: chosenCandidates.map((it) => ({ candidates: [it] })) }
}
