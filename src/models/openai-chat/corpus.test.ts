import { expect, test } from "bun:test"
import type { Outbound } from "../codec.ts"
import { cohereOutbound } from "../cohere/outbound.ts"
import { ollamaOutbound } from "../ollama/outbound.ts"
import { differences, meaningOf, samplesOf } from "./corpus.fixture.ts"
import { azureOutbound, chatOutbound } from "./outbound.ts"

const OUTBOUND: readonly Outbound[] = [chatOutbound, azureOutbound, cohereOutbound, ollamaOutbound]

for (const outbound of OUTBOUND)
  for (const sample of samplesOf(outbound.format))
    test(`${outbound.format}: ${sample.name} means what the corpus says`, () => {
      expect(
        differences(sample.expected, { streamed: sample.expected.streamed, ...meaningOf(outbound, sample) }),
      ).toEqual([])
    })
