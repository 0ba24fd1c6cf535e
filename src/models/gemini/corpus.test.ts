import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { cutAt } from "../form/any.fixture.ts"
import { type JsonObject, objectOf } from "../json.ts"
import { readStream, readWhole, type Sample, samples } from "./corpus.fixture.ts"
import { geminiOutbound } from "./outbound.ts"

const all = samples("gemini")

/** The corpus has no word for the reason that `google.rpc.ErrorInfo` tells beside the status, nor for what we make of the body. */
function meant({ expected }: Sample): JsonObject {
  const { retryAfterSeconds: _, headers: __, ...rest } = expected
  const error = objectOf(rest.error)
  return error === undefined ? rest : { ...rest, error: { ...error, code: expect.anything() } }
}

const withCode = (read: unknown): unknown => {
  const error = objectOf(objectOf(JSON.parse(JSON.stringify(read)))?.error)
  return error === undefined
    ? read
    : { ...objectOf(JSON.parse(JSON.stringify(read))), error: { ...error, code: error.code ?? "none" } }
}

describe("an answer of Gemini in the corpus means what it says there", () => {
  // Providers are asked with alt=sse; the array is how callers may be answered.
  const whole = all.filter((it) => !it.isStream && it.name !== "stream-array")
  test.each(whole.map((it) => [it.name, it] as const))("%s", (_, sample) => {
    expect(withCode(readWhole(geminiOutbound, sample))).toEqual(meant(sample))
  })
})

describe("a stream of Gemini in the corpus means what it says there, however it is split", () => {
  test.each(all.filter((it) => it.isStream).map((it) => [it.name, it] as const))("%s", (_, sample) => {
    const { bytes } = sample
    const expected = meant(sample)
    for (let at = 0; at <= bytes.length; at++)
      expect(withCode(readStream(geminiOutbound, cutAt(bytes, [at])))).toEqual(expected)
    expect(
      withCode(
        readStream(
          geminiOutbound,
          Array.from(bytes, (it) => Uint8Array.of(it)),
        ),
      ),
    ).toEqual(expected)
    fc.assert(
      fc.property(fc.array(fc.nat()), (cuts) =>
        expect(withCode(readStream(geminiOutbound, cutAt(bytes, cuts)))).toEqual(expected),
      ),
      { numRuns: 20 },
    )
  })
})
