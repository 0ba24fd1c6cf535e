import { fetchSend } from "../adapters/prober/fetch-send.ts"
import type { CaseAnswer } from "../diagnosis/answer.ts"
import { cleared, originOf, type Terms } from "../diagnosis/probe/allowed.ts"
import { beliefOf } from "../diagnosis/probe/choose.ts"
import { minimalDifference } from "../diagnosis/probe/delta.ts"
import { type Difference, differences } from "../diagnosis/probe/difference.ts"
import { dryRun, type Probed, probe, type Step } from "../diagnosis/probe/probe.ts"
import type { ProbeRequest } from "../diagnosis/probe/probe-request.ts"
import type { SeenRequest } from "../exhibits/exhibits.ts"
import { redact } from "../exhibits/redact/redact.ts"
import { readRequest } from "../exhibits/request/read.ts"
import { FOREIGN_CAUSES } from "../foreign/packed.ts"
import { visible } from "../text/excerpt.ts"
import type { DiagnoseOptions } from "./diagnose.ts"
import { Failure } from "./failure.ts"
import { beginningOf } from "./read-file.ts"
import { columns, type Style, styleFor } from "./style.ts"

/** `diagnose --probe TARGET`: shows what would be asked of the target; with `--send` asks it. */
export async function probeCommand(
  request: SeenRequest | undefined,
  answer: CaseAnswer,
  target: string,
  options: DiagnoseOptions,
): Promise<void> {
  const origin = originOf(target)
  if (origin === undefined)
    throw new Failure(`--probe takes the address of a server, such as https://api.example.org, not "${target}".`)
  const given = requestOf(request ?? NOTHING, origin)
  const terms: Terms = {
    target: origin,
    credentialsFor: originOf(given.url),
    allowsUnsafe: options.allowUnsafe,
    budget: options.budget,
  }
  const style = styleFor(process.stdout)
  if (options.passing !== undefined) return compare(options.passing, given, terms, options, style)
  const belief = beliefOf(
    answer.causes,
    FOREIGN_CAUSES.map((it) => it.code),
  )
  const probed = options.send
    ? await probe(
        given,
        belief,
        terms,
        fetchSend,
        (step) => options.json || process.stdout.write(`${told(step, style)}\n`),
      )
    : dryRun(given, belief, terms)
  if (options.json) process.stdout.write(`${JSON.stringify(facts(probed), null, 2)}\n`)
  else process.stdout.write(rendered(probed, options.send, style))
}

/** Bytes read of the request that passes. */
const MOST_READ = 32 * 1024 * 1024

const NOTHING: SeenRequest = { headers: new Map(), areHeadersComplete: false }

/** Where nothing was given, a plain GET of the target. What was blotted out before it came here is not sent as stars. */
function requestOf(request: SeenRequest, origin: string): ProbeRequest {
  const { method, target, headers, body } = request
  return {
    method: method ?? "GET",
    url: urlOf(target ?? "/", schemeAndHost(request) ?? origin),
    headers: [...headers].filter(([, value]) => !/\*{4}/.test(value)),
    ...(body === undefined ? {} : { body }),
  }
}

/** Put together by hand where the target is a path: `//other/x` is one, too, and would name another host. */
function urlOf(target: string, base: string): string {
  const whole = target.startsWith("/") ? `${base.replace(/\/$/, "")}${target}` : target
  if (!URL.canParse(whole, base)) throw new Failure(`"${redact(visible(whole))}" is no address that could be asked.`)
  return new URL(whole, base).href
}

function schemeAndHost({ scheme, host, port }: SeenRequest): string | undefined {
  if (host === undefined) return undefined
  return `${scheme ?? "http"}://${host}${port === undefined ? "" : `:${port}`}`
}

/** Requests that show that there is a difference to be found. They count like all others. */
const KNOWN_BY = 2

async function compare(
  path: string,
  refused: ProbeRequest,
  terms: Terms,
  options: DiagnoseOptions,
  style: Style,
): Promise<void> {
  const passing = requestOf(readRequest(beginningOf(path, MOST_READ)).request ?? NOTHING, terms.target)
  const all = differences(passing, refused)
  if (all.length === 0) throw new Failure(`The request of ${path} and the one that is refused are the same.`)
  if (!options.send) {
    const rows = all.map((it) => [`  ${visible(redact(it.says))}`])
    process.stdout.write(
      `${style.bold("The refused request differs so")} (nothing was sent; --send finds which of it decides)\n${columns(rows)}\n`,
    )
    return
  }
  if (terms.budget <= KNOWN_BY)
    throw new Failure(
      `--budget takes at least ${KNOWN_BY + 1} with --passing: ${KNOWN_BY} show that the one passes and the other does not.`,
    )
  const fails = async (subset: readonly Difference[]): Promise<boolean | undefined> => {
    const may = cleared(
      subset.reduce((it, { apply }) => apply(it), passing),
      terms,
    )
    return may.kind === "may" ? (await fetchSend(may.request)).status === 403 : undefined
  }
  if ((await fails(all)) !== true)
    throw new Failure("The request is not refused with 403 any more, so there is no difference to be found.")
  if ((await fails([])) !== false) throw new Failure(`The request of ${path} is refused, too.`)
  const { differences: left, isMinimal, asked } = await minimalDifference(all, fails, terms.budget - KNOWN_BY)
  if (options.json)
    process.stdout.write(
      `${JSON.stringify({ differences: left.map((it) => redact(it.says)), isMinimal, asked: asked + KNOWN_BY })}\n`,
    )
  else {
    const heading = isMinimal ? "It is refused because" : "The budget ended here; it is refused because of some of"
    process.stdout.write(
      `${style.bold(heading)}\n${left.map((it) => `  ${visible(redact(it.says))}`).join("\n")}\n${style.dim(`${asked + KNOWN_BY} requests were sent`)}\n`,
    )
  }
}

function told({ variant, bits, answer, fault, leftOut }: Step, style: Style): string {
  const outcome = answer === undefined ? (fault === undefined ? "" : style.bad(visible(fault))) : String(answer.status)
  const without = leftOut.length === 0 ? "" : style.dim(` (not sent: ${leftOut.join(", ")})`)
  return `  ${outcome.padEnd(3)}  ${visible(variant.does)}${without}${style.dim(bits > 0 ? `  tells ${bits.toFixed(2)} bits` : "")}`
}

function rendered({ steps, belief, withheld }: Probed, wasSent: boolean, style: Style): string {
  const parts: string[] = []
  if (!wasSent)
    parts.push(
      `${style.bold("What would be sent")} (nothing was; --send sends it)\n${steps.map((it) => told(it, style)).join("\n")}`,
    )
  if (withheld.length > 0)
    parts.push(
      `${style.bold("not sent")}\n${withheld.map((it) => `  ${visible(it.does)}: ${visible(it.why)}`).join("\n")}`,
    )
  if (wasSent) {
    const rows = [...belief]
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST_TOLD)
      .map(([code, share]) => [`${Math.round(share * 100)} %`, code])
    parts.push(`${style.bold("after that")}\n${columns(rows, "  ")}`)
  }
  return `${parts.join("\n\n")}\n`
}

/** Causes told after a search, likeliest first. */
const MOST_TOLD = 8

function facts({ steps, belief, withheld }: Probed) {
  return {
    steps: steps.map(({ variant, request, leftOut, bits, answer, fault }) => ({
      variable: variant.variable,
      does: variant.does,
      method: request.method,
      url: redact(request.url),
      leftOut,
      bits,
      ...(answer === undefined ? {} : { status: answer.status }),
      ...(fault === undefined ? {} : { fault }),
    })),
    belief: Object.fromEntries(belief),
    withheld,
  }
}
