// Writes src/foreign/packed.gen.txt: the causes of other systems that hold only texts and patterns, each pattern with its
// needles. `--check` only tells whether it is up to date.
import { FOREIGN_CAUSES } from "../src/foreign/catalogue.gen.ts"
import type { Clue, Look, Test } from "../src/foreign/clue.ts"
import { asciiJson, generated } from "./generated.ts"
import { needlesOf } from "./needle.ts"

const isTest = (it: Look | Test): it is Test => "see" in it
const looksOf = ({ all, none }: Clue): readonly (Look | Test)[] => [...all, ...(none ?? [])]

function packedLook(it: Look | Test) {
  if (isTest(it)) throw new Error("a test cannot be packed")
  const { text } = it
  if (typeof text === "string")
    return { in: it.in, text, needles: [text.replace(/[A-Z]+/g, (part) => part.toLowerCase())] }
  return { in: it.in, pattern: [text.source, text.flags], needles: needlesOf(text) }
}

const packed = FOREIGN_CAUSES.filter((it) => !it.clues.some((clue) => looksOf(clue).some(isTest))).map(
  ({ clues, explain, ...told }) => ({
    ...told,
    clues: clues.map(({ all, none, ...clue }) => ({
      ...clue,
      all: all.map(packedLook),
      ...(none === undefined ? {} : { none: none.map(packedLook) }),
    })),
  }),
)
await generated("src/foreign/packed.gen.txt", `[\n${packed.map(asciiJson).join(",\n")}\n]\n`)
