import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { type Sample, samples, told } from "../anthropic/corpus.fixture.ts"
import { cutAt } from "../form/any.fixture.ts"
import { isObject, type Json, type JsonObject, objectOf } from "../json.ts"
import { bedrockOutbound } from "./outbound.ts"

/** Answers name no id and no model, and the type of an error stands in a header, which codecs do not see. */
function comparable(value: Json): Json {
  if (!isObject(value)) return value
  const { id: _, model: __, headers: ___, error, ...rest } = value
  const failure = objectOf(error)
  if (failure === undefined) return rest
  return { ...rest, error: "streamed" in value ? failure : { ...failure, type: null } }
}

const read = (sample: Sample, pieces: readonly Uint8Array[]): Json => comparable(told(bedrockOutbound, sample, pieces))
const wanted = ({ expected }: { readonly expected: JsonObject }): Json => comparable(expected)

describe("answers of the corpus are read as it says, streams however they are split", () => {
  for (const sample of samples("bedrock"))
    test(sample.name, () => {
      const { bytes, isStream } = sample
      const expected = wanted(sample)
      expect(read(sample, [bytes])).toEqual(expected)
      if (!isStream) return
      for (let at = 0; at <= bytes.length; at++)
        expect(read(sample, [bytes.subarray(0, at), bytes.subarray(at)])).toEqual(expected)
      expect(
        read(
          sample,
          [...bytes].map((it) => Uint8Array.of(it)),
        ),
      ).toEqual(expected)
      fc.assert(
        fc.property(fc.array(fc.nat()), (cuts) => expect(read(sample, cutAt(bytes, cuts))).toEqual(expected)),
        { numRuns: 20 },
      )
    })
})
