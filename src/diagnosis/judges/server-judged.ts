import { lineOf } from "../../decision/source.ts"
import type { Exhibits } from "../../exhibits/exhibits.ts"
import type { ExplainedRefusal, Judgement, Refused } from "../../servers/judgement.ts"
import type { NamedRequest } from "../../servers/remedies.ts"
import type { ServerRequest } from "../../servers/request.ts"
import type { Finding, Judged } from "../finding.ts"
import { GUESSES, type Guess, restingOn } from "./guess.ts"
import { findingOf } from "./refusal-finding.ts"

interface Decided<W> {
  readonly server: string
  /** The cause when it only passes on what another server refused. */
  readonly relayed: string
  readonly judgement: Judgement<W>
  readonly request: ServerRequest
  readonly neighbours: () => Promise<readonly NamedRequest[]>
  judge(request: ServerRequest): Judgement<W>
  readonly held: readonly string[]
  explain(refused: Refused<W>): Promise<ExplainedRefusal>
  readonly isWhole: boolean
  readonly guessed: readonly Guess[]
  readonly exhibits: Exhibits
}

/** What the judgement of one server says of a case in which somebody saw a refusal. */
export async function judgedOf<W>(decided: Decided<W>): Promise<Judged> {
  const { judgement, server, isWhole, guessed, exhibits } = decided
  switch (judgement.kind) {
    case "refuses": {
      if (judgement.status !== 403)
        return passes(decided, `answers ${judgement.status} by its configuration, and not 403`)
      const explained = await decided.explain(judgement)
      const resting =
        guessed.length === 0 ? [] : restingOn(guessed, decided.request, await decided.neighbours(), decided.judge)
      return {
        findings: [findingOf(withoutMadeUp(explained, decided), resting, isWhole, exhibits)],
        excluded: held(explained.held),
        needs: [
          ...resting.map((it) => `${GUESSES[it]}: with another the configuration may let it pass`),
          ...assumed(explained.held),
        ],
      }
    }
    case "relays":
      return isWhole ? { findings: [relay(decided, judgement)], excluded: held(decided.held), needs: [] } : NOTHING
    case "answers":
      return passes(decided, `answers ${judgement.status} by its configuration`)
    case "unknown":
      return {
        findings: [],
        excluded: held(decided.held),
        needs: isWhole
          ? judgement.needs.map(
              (it) => `${it.what}, for ${server}: ${it.why}${it.at === undefined ? "" : ` (${lineOf(it.at)})`}`,
            )
          : [],
      }
  }
}

/** A remedy for an address nobody has is none. */
function withoutMadeUp<W>(explained: ExplainedRefusal, { guessed, request }: Decided<W>): ExplainedRefusal {
  if (!guessed.includes("client")) return explained
  return { ...explained, remedies: explained.remedies.filter((it) => !it.does.includes(request.client)) }
}

const NOTHING: Judged = { findings: [], excluded: [], needs: [] }

/** Only of a whole configuration: of a piece, what refuses may stand elsewhere. */
function passes<W>({ server, isWhole, held: looked }: Decided<W>, says: string): Judged {
  if (!isWhole) return NOTHING
  return { findings: [], excluded: [...held(looked), { says: `${server} ${says}`, evidence: [] }], needs: [] }
}

function relay<W>({ relayed, server }: Decided<W>, { to, at }: Extract<Judgement<W>, { kind: "relays" }>): Finding {
  const place = at.line === undefined ? {} : { line: at.line }
  const says = `${server} lets the request pass and asks ${to}, which decides`
  return { code: relayed, weight: "strong", proofs: [{ from: at.file, says, quote: to, ...place }] }
}

const ASSUMED = /^assumed: /

const held = (all: readonly string[]): Judged["excluded"] =>
  all.filter((it) => !ASSUMED.test(it)).map((says) => ({ says, evidence: [] }))

const assumed = (all: readonly string[]): readonly string[] =>
  all.filter((it) => ASSUMED.test(it)).map((it) => it.replace(ASSUMED, "taken to be so: "))
