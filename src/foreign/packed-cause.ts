import { type ForeignCause, foreignCause } from "./cause.ts"
import type { Clue, Look } from "./clue.ts"

/** A cause as it stands in `packed.gen.txt`: all but its patterns, which are told by source and flags. */
export interface PackedCause extends Omit<Parameters<typeof foreignCause>[0], "clues" | "explain"> {
  readonly clues: readonly PackedClue[]
}
interface PackedClue extends Omit<Clue, "all" | "none"> {
  readonly all: readonly [PackedLook, ...PackedLook[]]
  readonly none?: readonly PackedLook[]
}
interface PackedLook {
  readonly in: Look["in"]
  readonly text?: string
  readonly pattern?: readonly [source: string, flags: string]
  readonly needles?: readonly string[]
}

export const unpacked = (packed: PackedCause): ForeignCause => {
  const { clues, ...told } = packed
  return foreignCause({ ...told, clues: clues.map(clueOf) })
}

function clueOf({ all: [first, ...more], none, ...told }: PackedClue): Clue {
  return {
    ...told,
    all: [new LazyLook(first), ...more.map((it) => new LazyLook(it))],
    ...(none === undefined ? {} : { none: none.map((it) => new LazyLook(it)) }),
  }
}

/** A look whose pattern is compiled when it is first used: of thousands, a case needs a few. */
class LazyLook implements Look {
  readonly in: Look["in"]
  readonly needles?: readonly string[]
  readonly #packed: PackedLook
  #text: string | RegExp | undefined

  constructor(packed: PackedLook) {
    this.in = packed.in
    if (packed.needles !== undefined) this.needles = packed.needles
    this.#packed = packed
  }

  get text(): string | RegExp {
    const { pattern, text = "" } = this.#packed
    this.#text ??= pattern === undefined ? text : new RegExp(pattern[0], pattern[1])
    return this.#text
  }
}
