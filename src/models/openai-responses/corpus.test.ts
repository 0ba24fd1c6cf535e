import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { cutAt } from "../form/any.fixture.ts"
import { readStream, readWhole, type Sample, samples } from "../gemini/corpus.fixture.ts"
import { type JsonObject, objectOf, textOf } from "../json.ts"
import { responsesOutbound } from "./outbound.ts"

const all = samples("openai-responses")

/** Of errors inside streams the corpus tells no status; we tell what their code stands for. */
function meant({ expected, isStream }: Sample): JsonObject {
  const error = objectOf(expected.error)
  const { retryAfterSeconds: _, headers: __, ...rest } = expected
  return error === undefined || !isStream ? rest : { ...rest, error: { ...error, status: expect.any(Number) } }
}

describe("a response in the corpus means what it says there", () => {
  const whole = all.filter((it) => !it.isStream && it.name !== "failed")
  test.each(whole.map((it) => [it.name, it] as const))("%s", (_, sample) => {
    expect(readWhole(responsesOutbound, sample)).toEqual(meant(sample))
  })

  test("failed is no answer", () => {
    const failed = all.filter((it) => it.name === "failed")
    const told = failed.map((it) => textOf(objectOf(it.expected.error)?.message) ?? "")
    expect(told).toHaveLength(1)
    for (const [index, it] of failed.entries())
      expect(() => readWhole(responsesOutbound, it)).toThrow(told[index] ?? "no message")
  })
})

describe("a stream of a response in the corpus means what it says there, however it is split", () => {
  test.each(all.filter((it) => it.isStream).map((it) => [it.name, it] as const))("%s", (_, sample) => {
    const { bytes } = sample
    const expected = meant(sample)
    for (let at = 0; at <= bytes.length; at++)
      expect(readStream(responsesOutbound, cutAt(bytes, [at]))).toEqual(expected)
    expect(
      readStream(
        responsesOutbound,
        Array.from(bytes, (it) => Uint8Array.of(it)),
      ),
    ).toEqual(expected)
    fc.assert(
      fc.property(fc.array(fc.nat()), (cuts) =>
        expect(readStream(responsesOutbound, cutAt(bytes, cuts))).toEqual(expected),
      ),
      { numRuns: 20 },
    )
  })
})
