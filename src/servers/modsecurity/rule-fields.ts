import type { Field, Run } from "./fields.ts"

/** What may come after the last field: nothing, what httpd adds of the referrer, or what nginx adds of the request. */
const END = /^(?:\s*$|, (?:referer|client): )/

/** What an engine wrote of a rule. */
interface RuleFields {
  readonly fields: readonly Field[]
  /** Offset of the first; before it stands the engine's sentence. */
  readonly start: number
  /** Cut, or there are several that could be it. */
  readonly isDoubtful: boolean
}

/** The engine's fields, and not ones that a caller wrote into a name or value before or after them. */
export function ruleFieldsIn(runs: readonly Run[], line: string): RuleFields | undefined {
  const candidates = runs.filter((it) => it.fields.some(({ name }) => name === "id"))
  const whole = candidates.filter(
    (it) =>
      it.fields[0]?.name === "file" && (END.test(line.slice(it.end, it.end + 16)) || hostAfter(it, runs) !== undefined),
  )
  const run = whole[0] ?? candidates[0]
  if (run === undefined) return undefined
  const others = whole.length === 0 ? candidates : whole
  return {
    fields: [...run.fields, ...tailAfter(run, runs)],
    start: run.start,
    isDoubtful: run.isCut || others.length > 1,
  }
}

/** ModSecurity 2 cuts a message at 1024 bytes, between fields or inside one, and then still writes host and id. */
function hostAfter(run: Run, runs: readonly Run[]): Run | undefined {
  const next = runs[runs.indexOf(run) + 1]
  return next?.fields[0]?.name === "hostname" && next.start - run.end < 64 ? next : undefined
}

function tailAfter(run: Run, runs: readonly Run[]): readonly Field[] {
  return run.fields.some(({ name }) => name === "unique_id") ? [] : (hostAfter(run, runs)?.fields ?? [])
}

/** The first of its name, since what callers can write into comes after; but the id comes after the address. */
export function firstOf(fields: readonly Field[], name: string): string | undefined {
  const found = name === "unique_id" || name === "ref" ? fields.findLast(is(name)) : fields.find(is(name))
  return found?.raw
}

export const is =
  (name: string) =>
  (field: Field): boolean =>
    field.name === name

export function tagsOf(fields: readonly Field[]): readonly string[] {
  const end = fields.findIndex(is("hostname"))
  return fields.slice(0, end === -1 ? fields.length : end).flatMap(({ name, raw }) => (name === "tag" ? [raw] : []))
}
