import type { Exhibits } from "../exhibits/exhibits.ts"
import type { Emitter } from "../foreign/emitter.ts"
import { FINGERPRINTS, type Fingerprint, HOP_OF, HOPS, type Hop } from "./fingerprint.ts"
import { looked } from "./looked.ts"

/** What became of the request at one hop. */
export interface HopState {
  readonly hop: Hop
  readonly emitter: Emitter
  readonly state: "emitted" | "relayed" | "emitted or relayed"
  readonly from: string
  readonly quote: string
}

/** Who wrote the answer, as far as the answer itself tells: one that is known to have written it, and those it passed. */
export interface Attribution {
  readonly writer: Emitter | undefined
  readonly hops: readonly HopState[]
}

interface Mark {
  readonly print: Fingerprint
  readonly from: string
  readonly quote: string
}

export function attribute(exhibits: Exhibits): Attribution {
  const marks = FINGERPRINTS.flatMap((print) => markOf(print, exhibits) ?? [])
  const bodies = marks.filter((it) => it.print.in === "body")
  const writer = (bodies[0] ?? marks.find((it) => it.print.means === "writes"))?.print.emitter
  const last = writer === undefined ? -1 : rankOf(writer)
  const seen = new Map<Emitter, HopState>()
  for (const mark of marks) {
    const { emitter } = mark.print
    if (seen.has(emitter)) continue
    const state = emitter === writer ? "emitted" : writer === undefined ? "emitted or relayed" : relays(emitter, last)
    seen.set(emitter, { hop: hopOf(emitter), emitter, state, from: mark.from, quote: mark.quote })
  }
  return { writer, hops: [...seen.values()].sort((a, b) => HOPS.indexOf(a.hop) - HOPS.indexOf(b.hop)) }
}

const hopOf = (emitter: Emitter): Hop => HOP_OF[emitter] ?? "application"
const rankOf = (emitter: Emitter): number => HOPS.indexOf(hopOf(emitter))

/** What stands before the writer has relayed; what stands behind it may have written what the writer only dressed. */
const relays = (emitter: Emitter, writer: number): HopState["state"] =>
  rankOf(emitter) <= writer ? "relayed" : "emitted or relayed"

function markOf(print: Fingerprint, { of }: Exhibits): Mark | undefined {
  for (const exhibit of of[print.in]) {
    const quote = print.text.exec(looked(exhibit))?.[0]
    if (quote !== undefined) return { print, from: exhibit.from, quote }
  }
  return undefined
}
