import { expect } from "bun:test"
import { NoObjectGeneratedError } from "ai"
import { caught } from "./caught.fixture.ts"
import { matrix, type Pair, wayOf } from "./matrix.fixture.ts"
import { onePixel } from "./providers/openai-more.fixture.ts"
import { personSchema, smallPdf } from "./speakers/speaker.fixture.ts"

const WITHOUT_DOCUMENTS = new Set(["cohere", "ollama"])
const sizeOf = (base64: string): number => Buffer.from(base64, "base64").length

matrix([
  ...[false, true].map((isStreamed) => ({
    name: `has an answer that matches a schema, ${wayOf(isStreamed)}`,
    needs: "schema" as const,
    check: async (pair: Pair) => {
      const asking = pair.ask({ text: "Who?", isPerson: true, isStreamed })
      // For a model whose name it does not know the SDK asks for a tool to be called, which Ollama cannot be told.
      if (pair.speaker.name === "Vercel AI SDK, anthropic") {
        const error = await caught(asking)
        if (pair.format === "ollama") {
          if (!isStreamed) expect(error).toBeInstanceOf(NoObjectGeneratedError)
          return
        }
        expect((await asking).text).toBe('{"name":"Ada","age":36}')
        return
      }
      expect(await asking).toMatchObject({ text: '{"name":"Ada","age":36}', stop: pair.speaker.stops.end })
      expect(pair.asked().schema).toMatchObject({ required: personSchema.required })
    },
  })),
  ...[false, true].map((isStreamed) => ({
    name: `shows an image to the last byte, ${wayOf(isStreamed)}`,
    needs: "image" as const,
    check: async (pair: Pair) => {
      const { text } = await pair.ask({ text: "What is it?", media: "image", isStreamed })
      expect(text).toBe(`I see an image of type image/png with ${sizeOf(onePixel)} bytes`)
    },
  })),
  ...[false, true].map((isStreamed) => ({
    name: `shows a document to the last byte, or is told that it cannot be, ${wayOf(isStreamed)}`,
    needs: "document" as const,
    check: async (pair: Pair) => {
      const { text, dropped } = await pair.ask({ text: "What is it?", media: "document", isStreamed })
      if (WITHOUT_DOCUMENTS.has(pair.format)) {
        expect(text).toBe("Hello.")
        if (!isStreamed) expect(dropped.split(", ")).toContain("documents")
        return
      }
      expect(text).toBe(`I see a document of type application/pdf with ${sizeOf(smallPdf)} bytes`)
    },
  })),
])
