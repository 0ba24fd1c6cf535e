import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { cutAt } from "../form/any.fixture.ts"
import { samples, told } from "./corpus.fixture.ts"
import { anthropicOutbound } from "./outbound.ts"

describe("answers of the corpus are read as it says, streams however they are split", () => {
  for (const sample of samples("anthropic"))
    test(sample.name, () => {
      const { bytes, expected, isStream } = sample
      expect(told(anthropicOutbound, sample, [bytes])).toEqual(expected)
      if (!isStream) return
      for (let at = 0; at <= bytes.length; at++)
        expect(told(anthropicOutbound, sample, [bytes.subarray(0, at), bytes.subarray(at)])).toEqual(expected)
      expect(
        told(
          anthropicOutbound,
          sample,
          [...bytes].map((it) => Uint8Array.of(it)),
        ),
      ).toEqual(expected)
      fc.assert(
        fc.property(fc.array(fc.nat()), (cuts) =>
          expect(told(anthropicOutbound, sample, cutAt(bytes, cuts))).toEqual(expected),
        ),
        { numRuns: 20 },
      )
    })
})
