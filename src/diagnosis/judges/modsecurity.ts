import type { Exhibits } from "../../exhibits/exhibits.ts"
import { diagnoseModsecurity } from "../../servers/modsecurity/diagnose.ts"
import type { WafFinding, WafFix } from "../../servers/modsecurity/finding.ts"
import type { Finding, Judged } from "../finding.ts"
import { proofOf } from "../proof.ts"

/** Asks the lines of ModSecurity and Coraza which rules decided, and which fewest exclusions would have let the request pass. */
export function judgeModsecurity(exhibits: Exhibits): Judged {
  const found = diagnoseModsecurity(exhibits)
  return {
    findings: found.map((it) => findingOf(it, exhibits)),
    excluded: [],
    needs: found.flatMap((it) => it.unknown),
  }
}

function findingOf({ code, weight, evidence, fixes: [fix], score }: WafFinding, exhibits: Exhibits): Finding {
  const proofs = evidence.map((it) => proofOf(it, it.says, exhibits))
  return { code, weight, proofs, ...(fix === undefined ? {} : { fix: told(fix, score !== undefined) }) }
}

function told({ by, change, written, admits, admitsSeen, asked }: WafFix, isScored: boolean) {
  const seen =
    asked === 0
      ? ""
      : `; of ${asked} other refused requests in these logs, ${admitsSeen.length === 0 ? "none" : admitsSeen.join(", ")}`
  return {
    by,
    change: change,
    admits: `${admits}${seen}`,
    ...(written === undefined ? {} : { written: [written] }),
    // The score was judged again without what is excluded; where one rule refused by itself there is none to judge.
    isVerified: isScored && written !== undefined,
  }
}
