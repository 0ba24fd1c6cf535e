import type { Evidence } from "../../decision/evidence.ts"
import type { Source } from "../../decision/source.ts"
import { type NonEmpty, show } from "../../decision/value.ts"
import { visible } from "../../text/excerpt.ts"
import { saidOf } from "../evidence-text.ts"
import { showEntry } from "../files/entry-text.ts"
import type { ExplainedRefusal, PlacedProof, Refused } from "../judgement.ts"
import { remedies } from "../remedies.ts"
import type { ServerRequest } from "../request.ts"
import { fromBytes } from "../values/bytes.ts"
import type { World } from "./access/world.ts"
import type { HttpdJudgement } from "./judge.ts"
import { directiveAt } from "./mending/candidates.ts"
import { lineAt } from "./mending/edits.ts"
import type { HttpdModel } from "./model.ts"
import { neighboursOf } from "./neighbours.ts"
import type { Section } from "./settings/settings.ts"

/** One refusal as a person is told it: which lines did it, in which section, which they replaced, and what would help. */
export function explainHttpd(model: HttpdModel, request: ServerRequest, refused: Refused<World>): ExplainedRefusal {
  const { denial, isLogged, status } = refused
  const judged = model.follow(request)
  const [first, ...others] = denial.evidence
  const proofs: NonEmpty<PlacedProof> = [proofOf(judged, first), ...others.map((it) => proofOf(judged, it))]
  return {
    code: denial.cause.code,
    status,
    isLogged,
    evidence: [
      proofs[0],
      ...proofs.slice(1),
      ...(denial.cause.code === "apache/no-index" ? indexOf(judged) : []),
      ...sectionsOf(judged, first.source),
    ],
    remedies: remedies(model, request, neighboursOf(model, request)),
    held: [...heldBy(judged), ...model.surroundings.configuration.assumptions.map((it) => `assumed: ${it}`)],
  }
}

function proofOf(judged: HttpdJudgement, evidence: Evidence): PlacedProof {
  const { observed, source } = evidence
  const shown = typeof observed === "symbol" ? "" : typeof observed === "string" ? observed : show(observed)
  return { at: source, quote: quoteAt(judged, source) ?? shown, says: saidOf(evidence) }
}

/** The directory that has no index, and the line that says which file would be one. */
function indexOf(judged: HttpdJudgement): readonly PlacedProof[] {
  const { running, exchange } = judged
  const { index } = running.settings
  const path = fromBytes(running.filename ?? "/")
  const walked = exchange.walk(running.filename ?? "/", "exists")
  const says = `none of ${(index?.value ?? ["index.html"]).map(visible).join(", ")} can be had in ${visible(path)}`
  const line = index === undefined ? undefined : quoteAt(judged, index.source)
  return [
    ...(walked.kind === "reached"
      ? [
          {
            at: walked.entry.source,
            quote: showEntry(walked.entry, judged.exchange.names),
            says: "this directory is what was asked for",
          },
        ]
      : []),
    ...(index === undefined || line === undefined ? [] : [{ at: index.source, quote: line, says }]),
  ]
}

/** The section the deciding line stands in, and the one whose lines it put out of force. */
function sectionsOf(judged: HttpdJudgement, source: Source): readonly PlacedProof[] {
  const { running } = judged
  const at = running.sections.findLastIndex((it) => holds(it, source))
  const deciding = running.sections[at]
  if (deciding === undefined) return []
  const told = [sectionProof(judged, deciding, "this section holds for the path, and no later one says otherwise")]
  if (deciding.settings.authorization?.root === undefined) return told
  const replaced = running.sections.slice(0, at).findLast((it) => it.settings.authorization?.root !== undefined)
  if (replaced === undefined || deciding.settings.authorization.merging !== undefined) return told
  return [...told, sectionProof(judged, replaced, `what this section requires was replaced by ${deciding.title}`)]
}

function holds({ directive, source }: Section, at: Source): boolean {
  if (source.file !== at.file || at.line === undefined) return false
  if (directive === undefined) return true
  return at.path.startsWith(`${directive.path}.`)
}

function sectionProof(judged: HttpdJudgement, { source, title }: Section, says: string): PlacedProof {
  return { at: source, quote: quoteAt(judged, source) ?? title, says }
}

/** The line of the configuration, letter by letter. */
function quoteAt(judged: HttpdJudgement, source: Source): string | undefined {
  if (source.line === undefined) return undefined
  const line = lineAt(judged.exchange.configuration.input.texts, source.file, source.line)
  return line?.trim() ?? directiveAt(judged, source)?.text
}

function heldBy({ failed, running, exchange }: HttpdJudgement): readonly string[] {
  const searched = (failed?.held ?? []).filter((it) => it.bit === "execute").map((it) => it.path)
  const last = searched.at(-1)
  return [
    ...exchange.held,
    ...(last === undefined ? [] : [`every directory down to ${last} may be searched`]),
    ...(failed === undefined && running.found === "file"
      ? [`every directory on the way to ${fromBytes(running.filename ?? "")} may be searched`]
      : []),
  ]
}
