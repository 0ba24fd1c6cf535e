import type { WafMessage } from "./message.ts"

/** What a rule does in anomaly scoring. */
export type Role =
  /** Refuses when the sum of the scores reaches the threshold. */
  | { readonly kind: "evaluates"; readonly direction: "inbound" | "outbound" }
  /** Sums up afterwards, for the log. */
  | { readonly kind: "reports" }
  /** Adds to the score. */
  | { readonly kind: "scores"; readonly direction: "inbound" | "outbound" }
  /** Speaks for itself: a rule of the site, or of ModSecurity's own configuration. */
  | { readonly kind: "alone" }

const INBOUND = new Set([949110, 949111, 981176, 981175, 981174])
const OUTBOUND = new Set([959100, 959101, 981200])

/**
 * By the rule's number, which the Core Rule Set never gives twice: 949110 and, before the body was read, 949111; 959100, 959101;
 * of CRS 2, 981174 to 981176 and 981200. 980100 to 980170 and 981201 to 981205 report.
 */
export function roleOf({ id, ver, tags }: Pick<WafMessage, "id" | "ver" | "tags">): Role {
  if (INBOUND.has(id)) return { kind: "evaluates", direction: "inbound" }
  if (OUTBOUND.has(id)) return { kind: "evaluates", direction: "outbound" }
  if ((id >= 980_000 && id <= 980_999) || (id >= 981_201 && id <= 981_205)) return { kind: "reports" }
  if (id >= 950_000 && id <= 958_999) return { kind: "scores", direction: "outbound" }
  // 901001 and 949100 refuse by themselves.
  if (id >= 910_000 && id <= 948_999) return { kind: "scores", direction: "inbound" }
  const isOfRuleSet = ver?.startsWith("OWASP_CRS/") === true || tags.includes("OWASP_CRS")
  return isOfRuleSet && id >= 9_500_000 ? { kind: "scores", direction: "inbound" } : { kind: "alone" }
}

/** 1 to 4, of the tag; rules without it count at every level. */
export function paranoiaLevelOf({ tags }: Pick<WafMessage, "tags">): number {
  for (const tag of tags) {
    const level = /^paranoia-level\/([1-4])$/.exec(tag)?.[1]
    if (level !== undefined) return Number(level)
  }
  return 1
}
