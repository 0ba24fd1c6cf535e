import type { Relation } from "../decision/relation.ts"
import { show } from "../decision/value.ts"

/** Whether what is asked for is one of those there are; the list holds it, or what is most like it. Nothing asked for is none. */
export const among: Relation<string | null, readonly string[]> = {
  name: "among",
  holds: (asked, there) => asked === null || there.includes(asked),
  say: (asked, there) => {
    const what = asked === undefined ? "what is asked for" : show(asked)
    return `${what} is none of those there are${there === undefined || there.length === 0 ? "" : `; most like it: ${show(there)}`}`
  },
  offers: (_, there) => there.map((it) => ({ observed: it })),
}
