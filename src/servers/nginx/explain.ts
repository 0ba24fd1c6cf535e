import type { Evidence } from "../../decision/evidence.ts"
import type { Source } from "../../decision/source.ts"
import { type NonEmpty, show } from "../../decision/value.ts"
import { saidOf } from "../evidence-text.ts"
import { showEntry } from "../files/entry-text.ts"
import { walk } from "../files/walk.ts"
import type { ExplainedRefusal, PlacedProof, Refused } from "../judgement.ts"
import { remedies } from "../remedies.ts"
import type { ServerRequest } from "../request.ts"
import { fromBytes } from "../values/bytes.ts"
import { directiveAt } from "./directive-at.ts"
import { firstLine } from "./edits.ts"
import { mappingOf } from "./mapping.ts"
import type { NginxModel } from "./model.ts"
import { neighboursOf } from "./neighbours.ts"
import type { Exchange } from "./run/exchange.ts"

/** Text at a place outside of the configuration, such as a listing that was given; undefined where there is none. */
export type QuoteOf = (source: Source) => string | undefined

/** One refusal as a person is told it: which lines did it, what else was looked at, and what would help. */
export function explainNginx(
  model: NginxModel,
  request: ServerRequest,
  refused: Refused<Exchange>,
  quoteOf: QuoteOf = () => undefined,
): ExplainedRefusal {
  const { denial, status, isLogged } = refused
  const [first, ...others] = denial.evidence
  const proofs: NonEmpty<PlacedProof> = [
    proofOf(model, first, quoteOf),
    ...others.map((it) => proofOf(model, it, quoteOf)),
  ]
  const { held } = model.follow(request)
  return {
    code: denial.cause.code,
    status,
    isLogged,
    evidence: [
      proofs[0],
      ...proofs.slice(1),
      ...valuesOf(model, denial.evidence),
      ...askedOf(model, denial, quoteOf),
      ...mappingOf(denial).map(({ at, path, says }) => ({ at, says, quote: quoteOf(at) ?? quoteAt(model, at, path) })),
      ...blockOf(model, refused),
    ],
    remedies: remedies(model, request, neighboursOf(model, request)),
    held: [...filesHeld(model, refused), ...held, ...model.configuration.assumed.map((it) => `assumed: ${it}`)],
  }
}

function proofOf(model: NginxModel, evidence: Evidence, quoteOf: QuoteOf): PlacedProof {
  const { fact, source } = evidence
  const quote = quoteOf(source) ?? quoteAt(model, source, pathIn(fact.name))
  return { at: source, quote, says: saidOf(evidence) }
}

/** Lines that gave a variable its value: of a `map`, of a `geo`, a `set`. */
function valuesOf(model: NginxModel, all: readonly Evidence[]): readonly PlacedProof[] {
  return all.flatMap(({ fact, observed, observedSource }) => {
    if (observedSource === undefined || !fact.name.startsWith("$") || typeof observed === "symbol") return []
    return [
      {
        at: observedSource,
        quote: quoteAt(model, observedSource),
        says: `${fact.name} is ${show(observed)} by this line`,
      },
    ]
  })
}

/** Why the request `auth_request` made was refused, where that is the reason. */
function askedOf(model: NginxModel, denial: Refused<Exchange>["denial"], quoteOf: QuoteOf): readonly PlacedProof[] {
  const asked = denial.frame.world?.asked?.denial
  if (asked === undefined || denial.evidence[0].fact.name !== "auth.status") return []
  return asked.evidence.map((it) => proofOf(model, it, quoteOf))
}

/** The block that took the request. */
function blockOf(model: NginxModel, { denial }: Refused<Exchange>): readonly PlacedProof[] {
  const refused = denial.frame.world?.refused
  if (refused === undefined || refused.settings.directive.name === "server") return []
  const { at } = refused.settings.directive
  return [{ at, quote: quoteAt(model, at), says: `this block takes ${fromBytes(refused.path)}` }]
}

/** The line of the configuration, or the entry of the file system. */
function quoteAt({ configuration, machine }: NginxModel, source: Source, path = source.file): string {
  const directive = directiveAt(configuration, source)
  const text = configuration.texts.find((it) => it.file === source.file)?.text
  if (directive !== undefined && text !== undefined) return firstLine(text.slice(directive.start, directive.end))
  const entry = path.startsWith("/") ? machine.files.at(path) : "unknown"
  return entry === "absent" || entry === "unknown" ? source.path : showEntry(entry, machine.names)
}

/** Where a rule refused, whether the file would have been the next hurdle. */
function filesHeld({ machine }: NginxModel, { denial }: Refused<Exchange>): readonly string[] {
  const refused = denial.frame.world?.refused
  const root = refused?.settings.root
  const base = root?.alias === undefined ? root?.path.constant : undefined
  if (refused === undefined || base === undefined || !base.startsWith("/") || denial.cause.code.startsWith("fs/"))
    return []
  const path = fromBytes(base + refused.path)
  const walked = walk(machine.files, machine.reader, path, path.endsWith("/") ? "search" : "read")
  return walked.kind === "reached" ? [`the rights along ${path} are fine; the refusal came before they mattered`] : []
}

const pathIn = (fact: string): string | undefined =>
  fact.startsWith("file.mode ") ? fact.slice("file.mode ".length) : undefined
