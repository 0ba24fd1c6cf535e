import type { Exhibits, Part } from "../exhibits/exhibits.ts"
import { type Clue, WEIGHTS } from "../foreign/clue.ts"
import type { CaseAnswer } from "./answer.ts"
import type { Ranked } from "./rank.ts"

type Question = NonNullable<CaseAnswer["next"]>

/** What a person can be asked for, by the part it would become. */
const PARTS: readonly { readonly part: Part; readonly ask: string; readonly why: string }[] = [
  {
    part: "body",
    ask: "What does the answer say: its headers, and the first 300 bytes of its body?",
    why: "the body tells who wrote the refusal, even behind a proxy",
  },
  {
    part: "log",
    ask: "What does the error log of each server on the way say within two seconds of the request?",
    why: "a server that logs the refusal names the rule; one without the request in its access log never saw it",
  },
  {
    part: "config",
    ask: "What is the configuration of the server that refuses (`nginx -T`, or the virtual host with its `.htaccess`)?",
    why: "rules that write no line to a log are found by deciding the request on the configuration",
  },
  {
    part: "files",
    ask: "What does `namei -l` say of the file, and as which user does the server run?",
    why: "it shows the first directory that may not be searched",
  },
  {
    part: "headers",
    ask: "What are the headers of the answer (`curl -sD- -o /dev/null URL`)?",
    why: "they name the systems the answer has passed",
  },
  {
    part: "request",
    ask: "What is the whole request: method, URL and headers (a `curl` command, or a HAR)?",
    why: "rules look at the method, the host and fields such as User-Agent, Origin and Content-Type",
  },
]

/** Causes beyond these are too unlikely to ask for. */
const MOST_KEPT = 8
/** Sure enough that no question is worth a person's time. */
const SURE = 0.95
/** The same where a judge decided the request and its remedy. */
const DECIDED = 0.8

/**
 * The question whose answer is expected to tell the remaining causes apart best: by expected information, in bits.
 *
 * What a part would show of a cause is known from the cause's own clues: one with a strong clue there would show itself, all
 * others would look alike. A cause's own question splits it from the rest.
 */
export function nextQuestion(ranked: readonly Ranked[], exhibits: Exhibits, isDecided: boolean): Question | null {
  const [first] = ranked
  if (first !== undefined && first.confidence >= (isDecided ? DECIDED : SURE)) return null
  const asked: { readonly question: Question; readonly bits: number }[] = []
  const top = ranked.slice(0, MOST_KEPT)
  for (const { part, ask, why } of PARTS) {
    if (exhibits.of[part].length > 0) continue
    const shown = top.filter((it) => it.cause.clues.some((clue) => wouldShow(clue, part) && !isSeen(it, clue)))
    const others = 1 - shown.reduce((sum, it) => sum + it.confidence, 0)
    asked.push({ question: { ask, why }, bits: entropy([...shown.map((it) => it.confidence), others]) })
  }
  for (const { cause, confidence } of top)
    if (cause.ask !== undefined)
      asked.push({
        question: { ask: cause.ask.question, why: cause.ask.why },
        bits: entropy([confidence, 1 - confidence]),
      })
  const best = asked.reduce<(typeof asked)[number] | undefined>(
    (kept, it) => (kept === undefined || it.bits > kept.bits + 0.05 ? it : kept),
    undefined,
  )
  return best?.question ?? null
}

const wouldShow = ({ weight, all: [first] }: Clue, part: Part): boolean =>
  WEIGHTS[weight] >= WEIGHTS.strong && "in" in first && first.in.includes(part)

/** What was seen elsewhere already would tell nothing new. */
const isSeen = ({ sightings }: Ranked, clue: Clue): boolean => sightings.some((it) => it.clue === clue)

const entropy = (shares: readonly number[]): number =>
  shares.reduce((sum, p) => (p > 1e-9 ? sum - p * Math.log2(p) : sum), 0)
