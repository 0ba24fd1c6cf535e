import { drawHost, drawMain } from "../differential/httpd.config.fixture.ts"
import { drawServer } from "../differential/nginx.config.fixture.ts"
import { Random } from "../random.fixture.ts"
import { isModelFamily, mutatedModelText } from "./model-seeds.fixture.ts"
import { LONGEST_INPUT, mutated } from "./mutation.fixture.ts"
import { type Family, seedsOf } from "./seeds.fixture.ts"
import type { Target } from "./targets.fixture.ts"

/** The text of one round: the same for the same seed, parser and number, so that a finding can be had again. */
export function inputOf({ name, family }: Pick<Target, "name" | "family">, seed: number, round: number): string {
  const random = new Random(Number(Bun.hash.wyhash(`${seed} ${name} ${round}`) & 0xffffffffn))
  const seeds = seedsOf(family)
  const text = random.is(0.15) ? drawn(family, random) : (seeds[random.below(seeds.length)] ?? "")
  if (random.is(0.02)) return text.slice(0, LONGEST_INPUT)
  if (isModelFamily(family) && random.is(0.8)) return mutatedModelText(text, random)
  if (family === "case" && random.is(0.85)) return mutatedCase(text, random)
  return mutated(text, seeds, random)
}

/** By the grammar where there is one: rules that hold together reach what changed letters do not. */
function drawn(family: Family, random: Random): string {
  const place = {
    root: "/srv/www",
    port: 80,
    standard: 1,
    upstream: 8080,
    number: 1,
    passwords: "/etc/nginx/passwords",
  }
  switch (family) {
    case "nginx": {
      const { http, text } = drawServer(random, place)
      return `events {}\nhttp {\n${http}\n${text}\n}\n`
    }
    case "httpd":
      return `${drawMain(random, "/srv/www")}${drawHost(random, "/srv/www", "a", 80)}`
    case "expression":
      return `${drawnPattern(random)}\n${random.times(40, () => random.of(["a", "b", "ab", "/", "x", "1"])).join("")}`
    default:
      return ""
  }
}

/** A pattern with repetition in repetition, and a text it nearly fits. */
function drawnPattern(random: Random, depth = 0): string {
  const part = (): string => {
    if (depth < 3 && random.is(0.4))
      return `(${random.of(["", "?:", "?=", "?!", "?<n>"])}${drawnPattern(random, depth + 1)})`
    return random.of(["a", "b", ".", "[ab]", "[^/]", "\\w", "\\d", "a|b", "^", "$", "\\b", "\\.", "/", "x?"])
  }
  const times = (): string => random.of(["", "", "*", "+", "?", "{2,9}", "{1,}", "*?", "+?", "{0,999}"])
  return random.times(4, () => part() + times()).join("")
}

/** A case of which one or two texts are changed and the rest stays JSON. */
function mutatedCase(line: string, random: Random): string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return mutated(line, seedsOf("case"), random)
  }
  const seeds = seedsOf("any")
  const chance = random.of([0.1, 0.3, 1])
  const changed = JSON.stringify(value, (key, it) => {
    if (typeof it === "string" && key !== "id" && random.is(chance)) return mutated(it, seeds, random)
    return random.is(0.01) ? structuredClone(ODD[random.below(ODD.length)]) : it
  })
  return (changed ?? "").slice(0, 4 * LONGEST_INPUT)
}

/** Shapes nobody meant; names that mean something to JavaScript are only own names in JSON. */
const ODD: readonly unknown[] = [
  null,
  0,
  true,
  [],
  {},
  "",
  [[["a"]]],
  JSON.parse('{"__proto__": {"a": 1}, "constructor": 1, "toString": "x"}'),
]
