import { expect, test } from "bun:test"
import fc from "fast-check"
import type { Outbound } from "../codec.ts"
import { FormFault } from "../form/fault.ts"
import { Fold } from "../form/fold.ts"
import { parseObject } from "../json.ts"
import { responsesOutbound } from "../openai-responses/outbound.ts"
import { samples } from "./corpus.fixture.ts"
import { geminiOutbound } from "./outbound.ts"

/** Answers of providers in which one value is another. */
const damaged = (format: string) => {
  const texts = samples(format).map((it) => it.bytes.toString())
  const value = fc
    .oneof(fc.jsonValue(), fc.constantFrom(null, -1, 1e300, "", [], {}, "\ud800"))
    .map((it) => JSON.stringify(it))
  return fc.tuple(fc.constantFrom(...texts), fc.nat(), value).map(([text, at, other]) => {
    const values = [...text.matchAll(/(?<=:\s?)(?:"[^"\\]*"|[\d.]+|true|null|\[\]|\{\})/g)]
    const found = values[at % values.length]
    return found === undefined ? text : text.slice(0, found.index) + other + text.slice(found.index + found[0].length)
  })
}

/** The name of what was thrown, if anything was. */
function thrown(action: () => void): string {
  try {
    action()
  } catch (error) {
    return error instanceof FormFault ? "FormFault" : String(error)
  }
  return "FormFault"
}

const codecs: readonly (readonly [format: string, outbound: Outbound])[] = [
  ["gemini", geminiOutbound],
  ["openai-responses", responsesOutbound],
]

test.each([...codecs])(
  "whatever a provider sends as %s is read or is a fault, and nothing else",
  (format, outbound) => {
    fc.assert(
      fc.property(damaged(format), (text) => {
        const fold = new Fold()
        const reader = outbound.reader()
        const tap = outbound.tap()
        const streamed = thrown(() => {
          reader.read(Buffer.from(text), (it) => fold.add(it))
          reader.close((it) => fold.add(it))
          tap.read(Buffer.from(text))
          fold.result()
        })
        const whole = thrown(() => {
          const body = parseObject(text)
          outbound.readError(500, body)
          outbound.readAnswer(body ?? {})
        })
        expect([streamed, whole]).toEqual(["FormFault", "FormFault"])
      }),
      { numRuns: 500 },
    )
  },
)
