import type { Denial } from "../../decision/decide.ts"
import type { Evidence } from "../../decision/evidence.ts"
import { mend } from "../../decision/mend.ts"
import { isList } from "../../decision/value.ts"
import { visible } from "../../text/excerpt.ts"
import { fileCandidates } from "../files/candidates.ts"
import { walk } from "../files/walk.ts"
import type { Patch } from "../patch.ts"
import type { Candidate } from "../remedies.ts"
import type { NginxConfiguration } from "./configuration.ts"
import { directiveAt } from "./directive-at.ts"
import { lineBefore, lineInside, quoted, without, wordBehind, wordInstead } from "./edits.ts"
import { sparing } from "./relations.ts"
import type { Exchange, NginxMachine } from "./run/exchange.ts"
import type { Branch } from "./settings/script.ts"
import type { Directive } from "./syntax/directive.ts"

/** What a change is looked for in. */
export interface Refused {
  readonly configuration: NginxConfiguration
  readonly machine: NginxMachine
  readonly denial: Denial<Exchange>
}

/** Changes of the configuration or the files that may let a refused request in, made of what failed. Each is to be tried. */
export function candidatesFor(refused: Refused): readonly Candidate[] {
  const found = [...fromRights(refused), ...fromMendings(refused), ...fromRules(refused), ...fromFiles(refused)]
  return found.filter((it, at) => found.findIndex((other) => sameText(it) === sameText(other)) === at)
}

const sameText = ({ patches }: Candidate): string => JSON.stringify(patches)

/** A directory or file that lacks a right: the least that grants it. */
function fromRights({ denial, machine }: Refused): readonly Candidate[] {
  const { fact, relation } = denial.evidence[0]
  if (relation.name !== "grants" || !fact.name.startsWith("file.mode ")) return []
  const path = fact.name.slice("file.mode ".length)
  const entry = machine.files.at(path)
  if (entry === "absent" || entry === "unknown") return []
  for (const want of ["search", "read", "list"] as const) {
    const walked = walk(machine.files, machine.reader, path, want)
    if (walked.kind === "failed" && walked.error === "EACCES" && walked.path === path)
      return fileCandidates(walked, machine.reader, machine.names)
  }
  return []
}

/** What the core found to make the gate hold, where it is an edit of what stands in the text. */
function fromMendings({ denial, configuration }: Refused): readonly Candidate[] {
  const mendings = mend(denial.frame.complete(), "request", { changes: 1, frames: 200 })
  return mendings.flatMap(({ changes: [change] }): readonly Candidate[] => {
    if (change.kind !== "edit") return []
    const directive = directiveAt(configuration, change.at)
    const text = directive === undefined ? undefined : textOf(configuration, directive)
    if (directive === undefined || text === undefined) return []
    const edit = edited(change.check.relation.name, change.from, change.to, directive, text)
    return edit === undefined ? [] : [edit]
  })
}

function edited(
  relation: string,
  from: unknown,
  to: unknown,
  directive: Directive,
  text: string,
): Candidate | undefined {
  switch (relation) {
    case "is let in by": {
      const added = isList(from) && isList(to) ? to.find((it, at) => it !== from[at]) : undefined
      return added === undefined
        ? undefined
        : lineBefore(directive, `${added};`, `Add \`${added};\` before line ${directive.at.line}`)
    }
    case "one of": {
      const added = isList(from) && isList(to) ? to.find((it) => !from.includes(it)) : undefined
      if (added === undefined || !/^[A-Z]+$/.test(added)) return undefined
      return wordBehind(
        directive,
        directive.args.at(-1),
        text,
        added,
        `Add ${added} to \`${directive.name}\` in line ${directive.at.line}`,
      )
    }
    case "does not match":
      return typeof to === "string" ? patternInstead(directive, to, text) : undefined
    case "at most": {
      const [word] = directive.args
      if (word === undefined || directive.name !== "client_max_body_size") return undefined
      return wordInstead(
        directive,
        word,
        text,
        String(to),
        `Raise \`client_max_body_size\` in line ${directive.at.line} to ${to}`,
      )
    }
    default:
      return undefined
  }
}

/** The pattern of an `if`, which stands in its last word, or before the parenthesis that closes it. */
function patternInstead(directive: Directive, to: string, text: string): Candidate | undefined {
  const last = directive.args.at(-1)
  const word = last?.text === ")" ? directive.args.at(-2) : last
  if (word === undefined) return undefined
  const close = word === last ? ")" : ""
  const pattern = to.replace(/^~\*? /, "")
  const does = `Let the condition in line ${directive.at.line} spare this one value`
  return wordInstead(directive, word, text, `"${pattern.replaceAll('"', '\\"')}"${close}`, does)
}

/** Rules that answer by themselves: spare this one value, or take the rule out. */
function fromRules({ denial, configuration }: Refused): readonly Candidate[] {
  if (!/^nginx\/return/.test(denial.cause.code)) return []
  const [first] = denial.evidence
  const exchange = denial.frame.world
  const name = first.fact.name.startsWith("$") ? first.fact.name.slice(1) : undefined
  const spared = name === undefined || exchange === undefined ? [] : sparingValue(configuration, exchange, name, first)
  const directive = directiveAt(configuration, first.source)
  const text = directive === undefined ? undefined : textOf(configuration, directive)
  if (directive === undefined || text === undefined) return spared
  const rule = directive.name === "return" ? directive : directive.block?.find((it) => it.name === "return")
  if (rule === undefined) return spared
  return [...spared, without(rule, text, `Remove \`return\` in line ${rule.at.line}`)]
}

/** Where the value of the variable comes from: a line of `map` or `geo`, a `set` in another `if`, the referers that are valid. */
function sparingValue(
  configuration: NginxConfiguration,
  exchange: Exchange,
  name: string,
  { observedSource }: Evidence,
): readonly Candidate[] {
  if (name === "invalid_referer") return refererFor(configuration, exchange)
  const branch = exchange.branchOf(name)
  if (branch !== undefined) return relaxed(configuration, exchange, branch)
  const made = configuration.variables.get(name)
  const line = observedSource === undefined ? undefined : directiveAt(configuration, observedSource)
  if (made === undefined || made.kind === "unmodelled") return []
  const table = made.kind === "map" ? made.map.directive : made.geo.directive
  const text = textOf(configuration, table)
  const key = made.kind === "geo" ? exchange.clientText : exchange.fill(made.map.from)
  if (text === undefined || key === "" || (made.kind === "geo" && table.args.length > 1)) return []
  const entry = `${/^[~\\]/.test(key) ? quoted(`\\${key}`) : quoted(key)} 0;`
  const added = lineInside(
    table,
    text,
    entry,
    `Add \`${visible(entry)}\` to \`${table.name}\` in line ${table.at.line}`,
  )
  const dropped =
    line === undefined || line === table || line.name === "default"
      ? []
      : [without(line, text, `Remove line ${line.at.line} of \`${table.name}\``)]
  return [...(added === undefined ? [] : [added]), ...dropped]
}

function refererFor(configuration: NginxConfiguration, exchange: Exchange): readonly Candidate[] {
  const directive = (exchange.refused?.settings ?? exchange.settings).referers?.directives[0]
  const text = directive === undefined ? undefined : textOf(configuration, directive)
  if (directive === undefined || text === undefined) return []
  const referer = exchange.headers.first("referer")
  const host = /^https?:\/\/([a-z0-9.-]+)/i.exec(referer ?? "")?.[1]
  const word = referer === undefined ? "none" : (host ?? "blocked")
  const added = wordBehind(
    directive,
    directive.args.at(-1),
    text,
    word,
    `Add \`${word}\` to \`valid_referers\` in line ${directive.at.line}`,
  )
  return added === undefined ? [] : [added]
}

/** The condition under which another directive set the variable. */
function relaxed(
  configuration: NginxConfiguration,
  exchange: Exchange,
  { condition, directive }: Branch,
): readonly Candidate[] {
  const text = textOf(configuration, directive)
  if (text === undefined || condition.kind !== "matches" || condition.isNegated) return []
  const written = `${condition.pattern.isCaseless ? "~*" : "~"} ${condition.pattern.written}`
  const candidate = patternInstead(directive, sparing(written, exchange.variable(condition.name)), text)
  return candidate === undefined ? [] : [candidate]
}

/** What is not there and could be: an index, a list, a password file, the file itself, another root. */
function fromFiles({ denial, configuration, machine }: Refused): readonly Candidate[] {
  const [first] = denial.evidence
  const settings = denial.frame.world?.refused?.settings
  const path = / (\/[\s\S]*)$/.exec(first.source.path)?.[1]
  if (first.relation.name === "includes one of" && path !== undefined && isList(first.required)) {
    const [name] = first.required
    const base = path.replace(/\/+$/, "")
    const text = settings === undefined ? undefined : textOf(configuration, settings.directive)
    const listed =
      settings === undefined || text === undefined
        ? undefined
        : lineInside(settings.directive, text, "autoindex on;", `Show the list of files in \`${settings.label}\``)
    return [
      ...(name === undefined || name.startsWith("/") ? [] : [create(`${base}/${name}`)]),
      ...(settings?.tryFiles === undefined ? [] : withoutDirectory(configuration, settings.tryFiles.directive)),
      ...(listed === undefined ? [] : [listed]),
    ]
  }
  if (denial.cause.code === "nginx/disable-symlinks" && settings?.symlinks !== undefined)
    return otherLinks(configuration, settings.symlinks.directive)
  const isAbsent =
    first.relation.name === "differs from" && first.fact.name === "file.kind" && first.observed === "absent"
  return isAbsent && path !== undefined && !path.endsWith("/") && machine.files.at(path) === "absent"
    ? [create(path)]
    : []
}

function otherLinks(configuration: NginxConfiguration, directive: Directive): readonly Candidate[] {
  const text = textOf(configuration, directive)
  const word = directive.args[0]
  if (text === undefined || word === undefined) return []
  return ["if_not_owner", "off"]
    .filter((it) => it !== word.text)
    .map((it) =>
      wordInstead(directive, word, text, it, `Write \`disable_symlinks ${it}\` in line ${directive.at.line}`),
    )
}

/** `$uri/` left out of `try_files`, so that a directory goes where everything else does. */
function withoutDirectory(configuration: NginxConfiguration, directive: Directive): readonly Candidate[] {
  const text = textOf(configuration, directive)
  const at = directive.args.findIndex((it) => it.text.endsWith("/"))
  const word = directive.args[at]
  if (text === undefined || word === undefined || at === directive.args.length - 1) return []
  const does = `Leave \`${word.text}\` out of \`try_files\` in line ${directive.at.line}`
  return [
    directive.args.length > 2
      ? wordInstead(directive, word, text, "", does)
      : wordInstead(directive, word, text, "$uri", does),
  ]
}

function create(path: string): Candidate {
  const patch: Patch = { kind: "create", path }
  return {
    does: `Create ${visible(path)}`,
    patches: [patch],
    written: [`${visible(path)}: a file the worker may read`],
  }
}

const textOf = ({ texts }: NginxConfiguration, { at }: Directive): string | undefined =>
  texts.find((it) => it.file === at.file)?.text
