import type { Target } from "./targets.fixture.ts"

const kept: string[] = []

/** Parsers with faults, for showing that such are found. Never among those that are fuzzed. */
export const PLANTED: readonly Target[] = [
  {
    name: "planted: throws",
    family: "any",
    parse: (text) => {
      if (/[\u0080-\uffff]/.test(text)) throw new Error("cannot read that")
    },
  },
  {
    name: "planted: hangs",
    family: "any",
    parse: (text) => {
      for (const end = Date.now() + 60_000; text.length > 500 && Date.now() < end; ) kept.length = 0
    },
  },
  {
    name: "planted: takes memory",
    family: "any",
    parse: (text) => {
      if (text.length > 500) for (let i = 0; i < 600; i++) kept.push(Buffer.alloc(1 << 21, i).toString("latin1"))
    },
  },
  {
    name: "planted: ends the process",
    family: "any",
    parse: (text) => {
      if (text.includes("\u001b")) process.exit(7)
    },
  },
]
