import type { CaseAnswer, Proof, RankedCause } from "../diagnosis/answer.ts"
import { placeOf } from "../diagnosis/place.ts"
import { visible } from "../text/excerpt.ts"
import { standing, sure } from "./diagnosis-words.ts"
import { columns, type Style } from "./style.ts"

/** One answer as a person reads it: what, where, why, what to do, whom else that lets in. All foreign text is made harmless. */
export function renderDiagnosis(answer: CaseAnswer, style: Style): string {
  const [first, ...others] = answer.causes
  const parts =
    first === undefined ? [style.bad("Nothing that was given names a cause.")] : [mainCause(first, answer, style)]
  if (others.length > 0) parts.push(otherCauses(others, style))
  if (answer.hops.length > 0) parts.push(hops(answer, style))
  if (answer.excluded.length > 0)
    parts.push(
      section(
        "not the cause",
        answer.excluded.map((it) => `  ${visible(it.says)}`),
        style,
      ),
    )
  if (answer.unknown.length > 0)
    parts.push(
      section(
        "not known",
        answer.unknown.map((it) => `  ${visible(it)}`),
        style,
      ),
    )
  if (answer.next !== null)
    parts.push(
      section("to be sure, ask", [`  ${visible(answer.next.ask)}`, style.dim(`  ${visible(answer.next.why)}`)], style),
    )
  return `${parts.join("\n\n")}\n`
}

function mainCause(cause: RankedCause, { emitter }: CaseAnswer, style: Style): string {
  const said = style.dim(`${sure(cause.confidence)} sure, written by ${emitter}`)
  const lines = [`${style.bold(style.bad(cause.code))}  ${visible(cause.title)}  ${said}`]
  lines.push(...evidence(cause.evidence, style))
  const { by, change, admits, written, isVerified } = cause.fix
  lines.push("", `${style.bold("what to do")} ${style.dim(`(${standing(isVerified)})`)}`)
  lines.push(`  ${style.good(by)}: ${visible(change)}`)
  for (const text of written ?? []) lines.push(...text.split("\n").map((line) => `      ${visible(line)}`))
  lines.push(`  ${style.dim("lets in")} ${visible(admits)}`)
  for (const it of cause.unwise) lines.push(`  ${style.bad("not")} ${visible(it)}`)
  return lines.join("\n")
}

/** Each place once, quoted, with all that is said of it. */
function* evidence(proofs: readonly Proof[], style: Style): Generator<string> {
  const places = Map.groupBy(proofs, (it) => `${it.from}\n${"quote" in it ? it.quote : it.span.join()}`)
  for (const [first, ...more] of places.values()) {
    if (first === undefined) continue
    yield ""
    yield style.dim(`  ${visible(placeOf(first))}`)
    const quoted =
      "quote" in first ? first.quote : `characters ${first.span[0]} to ${first.span[1]} (they hold a credential)`
    for (const it of quoted.split("\n")) yield `    ${visible(it)}`
    for (const it of [first, ...more]) yield `  ${style.dim("=")} ${visible(it.says)}`
  }
}

function otherCauses(others: readonly RankedCause[], style: Style): string {
  const rows = others.map((it) => [sure(it.confidence), it.code, visible(it.title)])
  return `${style.bold("less likely")}\n${columns(rows, "  ")}`
}

function hops({ hops: seen }: CaseAnswer, style: Style): string {
  const rows = seen.map(({ emitter, state, evidence: [first] }) => [
    emitter,
    state,
    style.dim(first !== undefined && "quote" in first ? visible(first.quote).slice(0, 80) : ""),
  ])
  return `${style.bold("on the way")}\n${columns(rows, "  ")}`
}

const section = (title: string, lines: readonly string[], style: Style): string =>
  [style.bold(title), ...lines].join("\n")
