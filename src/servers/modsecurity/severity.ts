const WORDS = ["EMERGENCY", "ALERT", "CRITICAL", "ERROR", "WARNING", "NOTICE", "INFO", "DEBUG"]

/** 0 to 7: ModSecurity 2 and Coraza write a word, ModSecurity 3 a number. */
export function severityOf(written: string | undefined): number | undefined {
  if (written === undefined) return undefined
  if (/^[0-7]$/.test(written)) return Number(written)
  const at = WORDS.indexOf(written.toUpperCase())
  return at === -1 ? undefined : at
}

/** What a match adds, by severity. */
export interface Scores {
  readonly critical: number
  readonly error: number
  readonly warning: number
  readonly notice: number
}
/** Of crs-setup.conf, rule 900100, and of 901140 to 901143 where it sets none. */
export const USUAL_SCORES: Scores = { critical: 5, error: 4, warning: 3, notice: 2 }

/** What a match of a rule adds; undefined for severities that add nothing. */
export function scoreOf(severity: number | undefined, id: number, scores: Scores): number | undefined {
  switch (severity ?? usualSeverity(id)) {
    case 2:
      return scores.critical
    case 3:
      return scores.error
    case 4:
      return scores.warning
    case 5:
      return scores.notice
    default:
      return undefined
  }
}

/** Rules of CRS 3.3 that are not critical: for lines that were cut before their severity. */
const WARNINGS = new Set([
  920100, 920180, 920181, 920190, 920200, 920201, 920202, 920210, 920220, 920230, 920240, 920250, 920260, 920280,
  920290, 920350, 942110, 942420, 942421, 942430, 942431, 942432, 942460,
])
const NOTICES = new Set([920300, 920310, 920311, 920320, 920330, 920340])
const ERRORS = new Set([950100, 950130, 950140, 952100, 952110, 953100, 953110, 953120, 954100, 954110, 954120, 954130])

function usualSeverity(id: number): number {
  if (WARNINGS.has(id)) return 4
  if (NOTICES.has(id)) return 5
  return ERRORS.has(id) ? 3 : 2
}
