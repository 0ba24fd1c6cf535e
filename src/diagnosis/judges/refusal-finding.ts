import type { Exhibits } from "../../exhibits/exhibits.ts"
import type { ExplainedRefusal, PlacedProof } from "../../servers/judgement.ts"
import type { Remedy } from "../../servers/patch.ts"
import type { Proof } from "../answer.ts"
import type { Finding } from "../finding.ts"
import { proofOf } from "../proof.ts"
import type { Guess } from "./guess.ts"

/**
 * One refusal, as a server's judge explained it, as evidence. `isWhole`: the whole configuration was given, and not a piece of it. `resting`:
 * what was guessed and decides; then what would help this one request is a guess, too.
 */
export function findingOf(
  explained: ExplainedRefusal,
  resting: readonly Guess[],
  isWhole: boolean,
  exhibits: Exhibits,
): Finding {
  const { code, evidence, remedies } = explained
  const [remedy] = resting.length > 0 ? [] : remedies
  return {
    code,
    weight: resting.length > 0 ? "fair" : isWhole ? "proof" : "strong",
    proofs: evidence.map((it) => placed(it, exhibits)),
    ...(remedy === undefined ? {} : { fix: fixOf(remedy) }),
  }
}

function placed({ at: source, quote, says }: PlacedProof, exhibits: Exhibits): Proof {
  // Pieces are given names like files, for one server to read them all.
  const at = { ...source, file: source.file.replace(/^\/fragments\/\d+\//, "") }
  if (exhibits.all.some((it) => it.from === at.file && it.text.includes(quote)))
    return proofOf({ from: at.file, quote }, says, exhibits)
  return { from: at.file, says, quote, ...(at.line === undefined ? {} : { line: at.line }) }
}

const fixOf = ({ does, written, admits, asked }: Remedy): NonNullable<Finding["fix"]> => ({
  by: "operator",
  change: does,
  admits: reachOf(admits, asked),
  written,
  isVerified: true,
})

const MOST_NAMED = 5

function reachOf(admits: readonly string[], asked: number): string {
  if (admits.length === 0) return `nobody else, of ${asked} other requests decided without and with it`
  const named = admits.slice(0, MOST_NAMED).join(", ")
  const more = admits.length > MOST_NAMED ? ` and ${admits.length - MOST_NAMED} more` : ""
  return `${named}${more}, of ${asked} other requests decided without and with it`
}
