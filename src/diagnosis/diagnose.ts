import type { Exhibits } from "../exhibits/exhibits.ts"
import type { ForeignCause } from "../foreign/cause.ts"
import { WEIGHTS } from "../foreign/clue.ts"
import type { CaseAnswer, Proof, RankedCause } from "./answer.ts"
import { type Attribution, attribute } from "./attribution.ts"
import type { Finding, Judged } from "./finding.ts"
import { proofOf } from "./proof.ts"
import { nextQuestion } from "./question.ts"
import { type Ranked, rank } from "./rank.ts"
import { type Resemblance, resemblances } from "./resemblance.ts"
import type { Sighting } from "./sighting.ts"
import { type Suspect, weigh } from "./weigh.ts"

/** More are noise to a person. */
const MOST_CAUSES = 6
/** Less likely than this is not worth a line. */
const LEAST_CONFIDENCE = 0.01

/** Who refused, why, on what evidence, how sure that is, what mends it, and what to ask next. */
export function diagnose(exhibits: Exhibits, causes: readonly ForeignCause[], judged: readonly Judged[]): CaseAnswer {
  const attribution = attribute(exhibits)
  const findings = judged.flatMap((it) => it.findings)
  const alike = new Map(resemblances(exhibits).map((it) => [it.code, it]))
  const suspects = causes.flatMap((it) => suspect(it, exhibits, findings, attribution, alike.get(it.code)) ?? [])
  const ranked = rank(suspects)
  return {
    emitter: attribution.writer ?? emitterOf(ranked[0]),
    hops: attribution.hops.map(({ emitter, state, from, quote }) => ({
      emitter,
      state,
      evidence: [proofOf({ from, quote }, `${emitter} leaves this in an answer`, exhibits)],
    })),
    causes: ranked
      .filter((it) => it.confidence >= LEAST_CONFIDENCE)
      .slice(0, MOST_CAUSES)
      .map((it) => told(it, exhibits, findings)),
    excluded: [...judged.flatMap((it) => it.excluded), ...suspects.flatMap((it) => cleared(it, exhibits))],
    unknown: [...new Set(judged.flatMap((it) => it.needs))],
    next: nextQuestion(
      ranked,
      exhibits,
      findings.some((it) => it.code === ranked[0]?.cause.code && it.fix?.isVerified === true),
    ),
  }
}

/** Where nothing in the answer tells who wrote it, the likeliest cause does, unless it is hardly likely. */
const emitterOf = (first: Ranked | undefined): string =>
  first === undefined || first.confidence < LEAST_FOR_EMITTER ? "unknown" : first.cause.emitter
const LEAST_FOR_EMITTER = 0.3

/** What clues, judges and the writer of the answer say of one cause, together. */
function suspect(
  cause: ForeignCause,
  exhibits: Exhibits,
  findings: readonly Finding[],
  { writer }: Attribution,
  resemblance: Resemblance | undefined,
): Suspect | undefined {
  const weighed = weigh(cause, exhibits, resemblance)
  const found = findings.filter((it) => it.code === cause.code)
  if (weighed === undefined && found.length === 0) return undefined
  const score =
    (weighed?.score ?? 0) +
    found.reduce((sum, it) => sum + WEIGHTS[it.weight], 0) +
    (writer === cause.emitter ? WEIGHTS.slight : 0)
  return { cause, sightings: weighed?.sightings ?? [], resemblance, score }
}

/** Beside real evidence, likeness of words is noise to a person. */
const isSaid = (found: readonly Finding[], seen: readonly Sighting[]): boolean =>
  found.length > 0 || seen.some((it) => WEIGHTS[it.clue.weight] >= WEIGHTS.strong)

const sharedWords = ({ words }: Resemblance): string =>
  `it shares words with this cause and earlier cases of it: ${words.join(", ")}`

/** What spoke for it, and was ruled out by something that was given. */
function cleared({ cause, sightings }: Suspect, exhibits: Exhibits): CaseAnswer["excluded"] {
  if (!sightings.some((it) => WEIGHTS[it.clue.weight] > 0)) return []
  return sightings
    .filter((it) => it.clue.weight === "rules-out")
    .map(({ clue, sights: [first] }) => ({
      says: `${cause.code}: ${clue.says}`,
      evidence: first === undefined ? [] : [proofOf(first, clue.says, exhibits)],
    }))
}

function told(
  { cause, confidence, sightings, resemblance }: Ranked,
  exhibits: Exhibits,
  findings: readonly Finding[],
): RankedCause {
  const found = findings.filter((it) => it.code === cause.code)
  const [advice] = cause.fix
  const seen = [...sightings]
    .filter((it) => WEIGHTS[it.clue.weight] > 0)
    .sort((a, b) => WEIGHTS[b.clue.weight] - WEIGHTS[a.clue.weight])
  return {
    code: cause.code,
    title: cause.title,
    confidence: Math.round(confidence * 1000) / 1000,
    evidence: once([
      ...found.flatMap((it) => it.proofs),
      ...seen.flatMap(({ clue, sights }) => sights.slice(0, 1).map((it) => proofOf(it, clue.says, exhibits))),
      ...(resemblance === undefined || isSaid(found, seen)
        ? []
        : [proofOf(resemblance.sight, sharedWords(resemblance), exhibits)]),
    ]),
    fix: found.find((it) => it.fix !== undefined)?.fix ?? {
      by: advice.by,
      change: advice.does,
      admits: advice.admits,
      isVerified: false,
    },
    unwise: cause.unwise ?? [],
  }
}

/** The same line twice for the same claim tells nothing new. */
function once(proofs: readonly Proof[]): readonly Proof[] {
  const seen = new Set<string>()
  return proofs.filter((it) => {
    const key = `${it.from}\n${"quote" in it ? it.quote : it.span.join()}\n${it.says}`
    return seen.size < seen.add(key).size
  })
}
