import { createHash } from "node:crypto"
import type { GuardedText } from "../facts/world.ts"
import { LengthFilter } from "./length-filter.ts"
import type { PreparedGuardrail } from "./prepared.ts"
import { type Scanner, Scanners } from "./scanner.ts"
import type { Lengths } from "./settings.ts"
import { sidesOf } from "./settings.ts"
import { FilterChain, Sieve, type TextFilter } from "./sieve.ts"

/** One text of an answer on its way: what is masked is masked, and nothing passes from what is refused on. */
export interface AnswerFilter extends TextFilter {
  /** What it stopped at: the kind of a finding, or `length`. From then on the answer is to be decided, and refused. */
  readonly stopped: string | undefined
}

/** What guardrails do with the texts of one model's calls, besides what clauses decide. */
export interface ModelGuards {
  /** Other guardrails, or the same with other settings, have another. */
  readonly digest: string
  /** The same texts with what is masked blotted out; the very same list where nothing is. */
  maskRequest(texts: readonly GuardedText[]): readonly GuardedText[]
  /** For one text of an answer; undefined where all may pass as it comes. */
  filter(): AnswerFilter | undefined
  /** Something may be blotted out of an answer, or end it. */
  readonly filtersAnswer: boolean
  /** Something is decided of the answer: the phase `answer` is to be judged at its end at the latest. */
  readonly judgesAnswer: boolean
  /** Nothing of an answer may be sent before all of it was judged. */
  readonly needsWhole: boolean
}

/** Guardrails by the model that is asked for. */
export interface AnswerGuards {
  /** Undefined where no guardrail looks at calls of this model. */
  of(model: string | null): ModelGuards | undefined
}

/** Undefined where there are none. */
export function answerGuards(guardrails: readonly PreparedGuardrail[]): AnswerGuards | undefined {
  if (guardrails.length === 0) return undefined
  // By which of them apply: there are far fewer ways than models.
  const known = new Map<string, ModelGuards>()
  return {
    of: (model) => {
      const those = guardrails.filter((it) => it.appliesTo(model))
      if (those.length === 0) return undefined
      const key = those.map(({ index }) => index).join(",")
      const before = known.get(key)
      if (before !== undefined) return before
      const made = guardsOf(those)
      known.set(key, made)
      return made
    },
  }
}

function guardsOf(guardrails: readonly PreparedGuardrail[]): ModelGuards {
  const masked = new Scanners(scannersFor(guardrails, "request", "mask"))
  const hidden = new Scanners(scannersFor(guardrails, "answer", "mask"))
  const refused = new Scanners(scannersFor(guardrails, "answer", "refuse"))
  const lengths = guardrails.flatMap(({ settings }) =>
    settings.kind === "length" && settings.answer !== undefined ? [settings.answer] : [],
  )
  const isFiltered = !hidden.isEmpty || !refused.isEmpty || lengths.length > 0
  const onAnswer = guardrails.filter(({ settings }) => sidesOf(settings).includes("answer"))
  return {
    digest: createHash("sha256")
      .update(JSON.stringify(guardrails.map(({ settings }) => settings)))
      .digest("hex"),
    maskRequest: (texts) => (masked.isEmpty ? texts : maskAll(texts, masked)),
    filter: () => (isFiltered ? new GuardFilter(hidden, refused, lengths) : undefined),
    filtersAnswer: isFiltered,
    judgesAnswer: onAnswer.length > 0,
    needsWhole: onAnswer.some(({ settings: { kind } }) => WHOLE.has(kind)),
  }
}

/** Kinds that cannot tell anything before they have seen everything. */
const WHOLE: ReadonlySet<PreparedGuardrail["settings"]["kind"]> = new Set([
  "answer-schema",
  "language",
  "webhook",
  "moderation",
])

const scannersFor = (
  guardrails: readonly PreparedGuardrail[],
  side: "request" | "answer",
  does: "mask" | "refuse",
): readonly Scanner[] =>
  guardrails.flatMap(({ settings, finds }) => {
    const isFinder = settings.kind === "sensitive-data" || settings.kind === "banned-terms"
    return isFinder && settings.does === does && settings.on.includes(side) ? finds : []
  })

function maskAll(texts: readonly GuardedText[], scanners: Scanners): readonly GuardedText[] {
  let isChanged = false
  const masked = texts.map((it) => {
    const sieve = new Sieve(scanners, "blot")
    const text = sieve.push(it.text) + sieve.end()
    if (text === it.text) return it
    isChanged = true
    return { ...it, text }
  })
  return isChanged ? masked : texts
}

/** What is refused is looked for in the text as it came, before anything of it is masked. */
class GuardFilter implements AnswerFilter {
  readonly #refuse: readonly (Sieve | LengthFilter)[]
  readonly #chain: FilterChain

  constructor(hidden: Scanners, refused: Scanners, lengths: readonly Lengths[]) {
    this.#refuse = [
      ...(refused.isEmpty ? [] : [new Sieve(refused, "stop")]),
      ...lengths.map((it) => new LengthFilter(it)),
    ]
    this.#chain = new FilterChain([...this.#refuse, ...(hidden.isEmpty ? [] : [new Sieve(hidden, "blot")])])
  }

  get stopped(): string | undefined {
    for (const { stopped } of this.#refuse) if (stopped !== undefined) return stopped
    return undefined
  }

  push(text: string): string {
    return this.#chain.push(text)
  }

  end(): string {
    return this.#chain.end()
  }
}
