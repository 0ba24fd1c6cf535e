import type { Fact } from "../decision/fact.ts"
import { fetchedFact, readFact } from "../decision/fact.ts"
import type { Audience } from "../decision/party.ts"
import type { Unknown, Value } from "../decision/value.ts"
import type { GuardAsk, GuardedText, GuardedTexts } from "../facts/world.ts"
import type { ModelMatch } from "./model-pattern.ts"
import type { Side } from "./settings.ts"

/** The part of the world that guardrails read. */
export interface GuardWorld {
  readonly guarded: GuardedTexts
  readonly ask: GuardAsk
  readonly modelCall: { readonly model: string | null } | undefined
  modelRequest(): Promise<{ readonly model: string | null }>
}

/** What a guardrail reads of the texts of one side. */
export interface GuardReading<T extends Value> {
  /** Its name in the configuration, with what it reads where it reads several things: `length.words`. */
  readonly name: string
  /** Of whatever reads it: in the fact's name, as a record must tell by which version it was read. */
  readonly version: number
  readonly side: Side
  readonly appliesTo: ModelMatch
  /** For calls of models it does not look at. */
  readonly otherwise: T
  readonly shownTo?: Audience
}

/** `guardrail.length.words.request.v1`. */
const nameOf = ({ name, side, version }: GuardReading<Value>): string => `guardrail.${name}.${side}.v${version}`

/** A fact that is read from the texts alone. On a request it waits for the body; an answer is there when it is asked for. */
export function readingOf<T extends Value>(
  reading: GuardReading<T>,
  read: (texts: readonly GuardedText[]) => T,
): Fact<T, GuardWorld> {
  const { side, appliesTo, otherwise, shownTo = "anonymous" } = reading
  const name = nameOf(reading)
  switch (side) {
    case "request":
      return fetchedFact({
        name,
        since: "content",
        party: "caller",
        shownTo,
        fetch: async (world: GuardWorld) =>
          appliesTo((await world.modelRequest()).model) ? read(world.guarded.request()) : otherwise,
      })
    case "answer":
      return readFact({
        name,
        since: "answer",
        party: "nobody",
        shownTo,
        read: (world: GuardWorld) => (isMeant(world, appliesTo) ? read(world.guarded.answer()) : otherwise),
      })
  }
}

/** A fact for which somebody else is asked. */
export function askingOf<T extends Value>(
  reading: GuardReading<T>,
  ask: (world: GuardWorld, texts: readonly GuardedText[]) => Promise<T | Unknown>,
): Fact<T, GuardWorld> {
  const { side, appliesTo, otherwise, shownTo = "anonymous" } = reading
  return fetchedFact({
    name: nameOf(reading),
    since: side === "request" ? "content" : "answer",
    party: side === "request" ? "caller" : "nobody",
    shownTo,
    fetch: async (world: GuardWorld) => {
      const { model } = await world.modelRequest()
      if (!appliesTo(model)) return otherwise
      return await ask(world, side === "request" ? world.guarded.request() : world.guarded.answer())
    },
  })
}

/** A call of which the model is not known is looked at by all. */
const isMeant = ({ modelCall }: GuardWorld, appliesTo: ModelMatch): boolean =>
  modelCall === undefined || appliesTo(modelCall.model)

export const textsOf = (texts: readonly GuardedText[]): readonly string[] => texts.map(({ text }) => text)
