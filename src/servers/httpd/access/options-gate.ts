import { readFact } from "../../../decision/fact.ts"
import type { Relation } from "../../../decision/relation.ts"
import type { Source } from "../../../decision/source.ts"
import { isList, show, UNKNOWN } from "../../../decision/value.ts"
import { OPTIONS, type Options } from "../settings/options.ts"
import type { Seen, World } from "./world.ts"

const NAME = "options in force"

/** What `Options` grants where it is asked. */
export const optionsFact = readFact<readonly string[], World>({
  name: NAME,
  since: "wire",
  party: "operator",
  shownTo: "operator",
  read: ({ seen }) => {
    const value = seen.get(NAME)?.value
    return isList(value) ? value : UNKNOWN
  },
  source: ({ seen }) => seen.get(NAME)?.source,
})

export const seenOptions = (options: Options, source: Source | undefined): ReadonlyMap<string, Seen> =>
  new Map([[NAME, { value: OPTIONS.filter((it) => options.has(it)), source }]])

/** One of the options is there. */
export const grantedOptions: Relation<readonly string[], readonly string[]> = {
  name: "grants one of",
  holds: (observed, needed) => needed.some((it) => observed.includes(it)),
  say: (observed, needed) =>
    `Options grant ${observed === undefined ? "other things" : show(observed)}, and not ${needed === undefined ? "what is needed" : show(needed)}`,
  offers: (observed, needed) => needed.map((it) => ({ observed: [...observed, it] })),
}
