import type { Variable, Variant } from "./variant.ts"

/** What is believed of the causes, by code. */
export type Belief = ReadonlyMap<string, number>

/** What an answer says of causes; what it leaves open may be any of them alike, so that there is something to ask even of nothing. */
export function beliefOf(
  named: readonly { readonly code: string; readonly confidence: number }[],
  codes: readonly string[],
): Belief {
  const open = Math.max(0, 1 - named.reduce((sum, it) => sum + it.confidence, 0)) / codes.length
  const belief = new Map(codes.map((it) => [it, open]))
  for (const { code, confidence } of named) belief.set(code, (belief.get(code) ?? 0) + confidence)
  return belief
}

/**
 * Chance that the refusal goes away when one variable is changed, if a cause is at work. Rough, and only used to choose and to
 * update: 0.9 where the cause looks at nothing else, 0.6 where it may, 0.03 else (somebody else changed something).
 */
const FLIPS: readonly { readonly variable: Variable; readonly codes: RegExp; readonly chance: number }[] = [
  {
    variable: "user agent",
    codes: /^client\/user-agent|1010|bot-detection|ua-referer|crs\/host-ip-or-empty-ua/,
    chance: 0.9,
  },
  { variable: "user agent", codes: /^(?:edge|waf)\/|^nginx\/return-403|^apache\/rewrite-forbidden/, chance: 0.3 },
  { variable: "origin", codes: /csrf-origin|^cors\/|laravel\/csrf|ua-referer/, chance: 0.7 },
  { variable: "referrer", codes: /csrf-referer|ua-referer|^nginx\/return-403|^apache\/rewrite-forbidden/, chance: 0.6 },
  { variable: "cookies", codes: /csrf|nonce|crumb|^waf\//, chance: 0.3 },
  { variable: "authorization", codes: /^app\/|permission|role|invalid-key|token|^s3\/|jwt/, chance: 0.6 },
  { variable: "content type", codes: /content-type|body-parser|multipart/, chance: 0.7 },
  { variable: "body", codes: /^waf\/|size-restrictions|formrequest|s3\/post-policy/, chance: 0.7 },
  { variable: "body size", codes: /size-restrictions-body/, chance: 0.03 },
  {
    variable: "method",
    codes: /csrf|crumb|limit-except|method|nonce|^cors\/|^nginx\/dav|size-restrictions|xss-body|rls/,
    chance: 0.8,
  },
  { variable: "preflight", codes: /csrf|crumb|^app\//, chance: 0.7 },
  { variable: "trailing slash", codes: /no-matching-route|no-index|without-index|wrong-url/, chance: 0.6 },
  { variable: "query", codes: /^waf\/|wrong-url/, chance: 0.4 },
]
const OTHERWISE = 0.03

function chanceOf(variable: Variable, code: string): number {
  return FLIPS.reduce(
    (most, it) => (it.variable === variable && it.codes.test(code) ? Math.max(most, it.chance) : most),
    OTHERWISE,
  )
}

/** The variant whose outcome is expected to tell most, in bits; undefined where none tells anything worth a request. */
export function choose(
  belief: Belief,
  left: readonly Variant[],
): { readonly variant: Variant; readonly bits: number } | undefined {
  let best: { readonly variant: Variant; readonly bits: number } | undefined
  for (const variant of left) {
    const bits = information(belief, variant.variable)
    if (bits > LEAST_BITS && (best === undefined || bits > best.bits)) best = { variant, bits }
  }
  return best
}
const LEAST_BITS = 0.001

/** Mutual information of cause and outcome. */
function information(belief: Belief, variable: Variable): number {
  const total = [...belief.values()].reduce((sum, p) => sum + p, 0)
  if (total === 0) return 0
  let flips = 0
  let within = 0
  for (const [code, p] of belief) {
    const chance = chanceOf(variable, code)
    flips += (p / total) * chance
    within += (p / total) * entropy(chance)
  }
  return entropy(flips) - within
}

const entropy = (p: number): number => (p <= 0 || p >= 1 ? 0 : -p * Math.log2(p) - (1 - p) * Math.log2(1 - p))

/** What is believed after an outcome (Bayes). What was left for causes nobody named stays theirs. */
export function update(belief: Belief, variable: Variable, wasLetIn: boolean): Belief {
  const likely = (code: string): number => (wasLetIn ? chanceOf(variable, code) : 1 - chanceOf(variable, code))
  const named = [...belief.values()].reduce((sum, p) => sum + p, 0)
  const other = Math.max(0, 1 - named) * (wasLetIn ? OTHERWISE : 1 - OTHERWISE)
  const weighed = [...belief].map(([code, p]) => [code, p * likely(code)] as const)
  const total = weighed.reduce((sum, [, p]) => sum + p, other)
  return total === 0 ? belief : new Map(weighed.map(([code, p]) => [code, p / total]))
}
