import { everyDirective } from "../../nginx/directive-at.ts"
import { readName } from "../../nginx/settings/location.ts"
import type { Directive } from "../../nginx/syntax/directive.ts"
import type { Patch } from "../../patch.ts"
import { proposed } from "../finding.ts"
import {
  foundAt,
  labelOf,
  lineOf,
  type NginxCheck,
  type NginxFinding,
  type NginxSite,
  removalOf,
  textOf,
} from "./site.ts"

/** What the rewrite module does in the order it is written, until something ends it. */
const OPERATIONS = new Set(["rewrite", "set", "if", "return", "break"])
/** What is asked only when the rewrite module is done. */
const ASKING = new Set(["deny", "auth_basic", "auth_request", "auth_jwt"])

/** What never happens, as a `return` before it answers. */
export const returns: NginxCheck = function* (site) {
  for (const block of everyDirective(site.configuration.http)) {
    if (block.name !== "server" && block.name !== "location" && block.name !== "if") continue
    const lines = block.block ?? []
    const ending = lines.find((it) => it.name === "return" || it.name === "break")
    if (ending === undefined) continue
    yield* operationsBehind(site, lines, ending)
    if (ending.name !== "return") continue
    yield* unasked(site, block, ending)
    if (block.name === "server") yield* unreached(site, block, ending)
  }
}

function* operationsBehind(site: NginxSite, lines: readonly Directive[], ending: Directive): Generator<NginxFinding> {
  const behind = lines.slice(lines.indexOf(ending) + 1).filter((it) => OPERATIONS.has(it.name))
  for (const it of behind)
    yield foundAt(site, it, {
      name: "nginx/dead-after-return",
      why: `\`${labelOf(ending)}\` on ${lineOf(ending, it)} ends it before`,
      effect: "never happens",
      change: proposed(`Put it before \`${labelOf(ending)}\`, or remove it`, removable(site, it)),
    })
}

/** A block may hold what came from another file; then a person has to see what else is there. */
const removable = (site: NginxSite, it: Directive): readonly Patch[] =>
  (it.block ?? []).some((inner) => inner.at.file !== it.at.file) ? [] : removalOf(site, it)

/** A status that refuses by itself lets nobody by. */
const refuses = ({ args }: Directive): boolean => /^[45]\d\d$/.test(args[0]?.text ?? "")

function* unasked(site: NginxSite, block: Directive, ending: Directive): Generator<NginxFinding> {
  if (refuses(ending)) return
  const asking = (block.block ?? []).filter((it) => ASKING.has(it.name) && it.args[0]?.text !== "off")
  for (const [name, [first]] of Map.groupBy(asking, (it) => it.name)) {
    if (first === undefined) continue
    yield foundAt(site, first, {
      name: "nginx/access-after-return",
      // What is only sent elsewhere is asked there.
      ...(redirects(ending) ? { severity: "note" } : {}),
      why: `\`${labelOf(ending)}\` on ${lineOf(ending, first)} answers before nginx looks at \`${name}\`, wherever that stands`,
      effect: "lets everybody have that answer",
      change: proposed(
        `Put \`${labelOf(ending)}\` where only those come who are let in, such as a named location behind \`try_files\``,
      ),
    })
  }
}

const redirects = ({ args }: Directive): boolean => /^(?:3\d\d$|https?:|\$scheme)/.test(args[0]?.text ?? "")

function* unreached(site: NginxSite, server: Directive, ending: Directive): Generator<NginxFinding> {
  const locations = (server.block ?? []).filter((it) => it.name === "location")
  const reachable = locations.filter((it) => readName(it.args.map((arg) => arg.text)).match !== "named")
  const hasSlash = locations.some((it) => it.args.length === 1 && it.args[0]?.text === "/")
  for (const it of reachable)
    yield foundAt(site, it, {
      name: "nginx/location-after-return",
      why: `\`${labelOf(ending)}\` on ${lineOf(ending, it)} stands in the server itself and answers before a location is looked for`,
      effect: "no request ever gets to this location",
      change: hasSlash
        ? proposed(`Put \`${labelOf(ending)}\` into \`location /\``)
        : proposed(`Put \`${labelOf(ending)}\` into a \`location /\``, inLocation(site, ending)),
    })
}

function inLocation({ configuration }: NginxSite, { at, end, start }: Directive) {
  const remove = textOf(configuration, at.file).slice(start, end)
  return [
    {
      kind: "text",
      file: at.file,
      line: at.line,
      column: at.column,
      remove,
      insert: `location / { ${remove} }`,
    } as const,
  ]
}
