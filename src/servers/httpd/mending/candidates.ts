import type { Evidence } from "../../../decision/evidence.ts"
import { type Change, mend } from "../../../decision/mend.ts"
import { placeOf, type Source } from "../../../decision/source.ts"
import { isList } from "../../../decision/value.ts"
import { fileCandidates } from "../../files/candidates.ts"
import type { Refused } from "../../judgement.ts"
import type { Candidate } from "../../remedies.ts"
import { fromBytes } from "../../values/bytes.ts"
import type { World } from "../access/world.ts"
import type { HttpdJudgement } from "../judge.ts"
import type { Directive } from "../language/directive.ts"
import { sourceOf } from "../language/directive.ts"
import type { Section } from "../settings/settings.ts"
import { commentedOut, linesBefore, linesBehind, linesInside, wordBehind, wordInstead } from "./edits.ts"

/** Changes worth trying against a refusal, by what failed; each is decided again before anyone is told of it. */
export function candidatesFor(judged: HttpdJudgement, refused: Refused<World>): readonly Candidate[] {
  const { failed, exchange } = judged
  const files = failed?.error === "EACCES" ? fileCandidates(failed, exchange.reader, exchange.names) : []
  const { evidence } = refused.denial
  const grants = byGrant(judged, refused)
  const found = [
    ...files,
    ...grants,
    ...(grants.length > 0 ? [] : mended(judged, refused)),
    ...byOptions(judged, evidence[0]),
    ...(grants.length > 0 ? [] : evidence.flatMap((it) => byLine(judged, it))),
    ...byException(judged, refused),
    ...byIndex(judged, refused),
    ...byOverride(judged, refused),
  ]
  return found.filter((it) => it !== undefined)
}

type Maybe = Candidate | undefined

/** Edits of one requirement that the core found to let the request pass its gates. */
function mended(judged: HttpdJudgement, { denial }: Refused<World>): readonly Maybe[] {
  const found = mend(denial.frame.complete(), "request", { changes: 1, frames: 200 })
  return found.flatMap(({ changes: [change] }) => {
    if (change.kind !== "edit") return []
    const directive = directiveAt(judged, change.at)
    return directive === undefined ? [] : editOf(directive, change)
  })
}

function editOf(directive: Directive, { from, to }: Extract<Change, { kind: "edit" }>): readonly Maybe[] {
  if (isList(from) && isList(to) && to.length > from.length) {
    const added = to.filter((it) => !from.includes(it)).join(" ")
    return [wordBehind(directive, added, `Add ${added} to "${directive.text}"`)]
  }
  const last = directive.words.at(-1)
  if (last === undefined || typeof to !== "string" || last.text.toLowerCase() !== from) return []
  return [wordInstead(directive, last, to, `Write "${to}" for "${last.text}" in "${directive.text}"`)]
}

/** Beside a line that keeps out, or before a rule that does. */
function byLine(judged: HttpdJudgement, { source }: Evidence): readonly Maybe[] {
  const directive = directiveAt(judged, source)
  if (directive === undefined) return []
  const { running, exchange } = judged
  const address = exchange.client
  const path = literally(fromBytes(running.uri))
  switch (directive.key) {
    case "require":
      if (directive.words[0]?.text.toLowerCase() === "not")
        return [commentedOut(directive, `Take "${directive.text}" out`)]
      return [
        linesBefore(directive, [`Require ip ${address}`], `Add "Require ip ${address}" beside "${directive.text}"`),
        // In a group it may be the only line, and an empty group is an error.
        ...(running.sections.some((it) => stands(directive, it.lines))
          ? [commentedOut(directive, `Take "${directive.text}" out`)]
          : []),
      ]
    case "order":
    case "deny":
    case "allow":
      return [
        linesBefore(directive, [`Allow from ${address}`], `Add "Allow from ${address}" before "${directive.text}"`),
        ...(directive.key === "deny" ? [commentedOut(directive, `Take "${directive.text}" out`)] : []),
      ]
    case "rewriterule":
    case "rewritecond": {
      const rule = directive.key === "rewriterule" ? directive : undefined
      if (rule === undefined) return []
      return [
        linesBefore(rule, [`RewriteCond %{REMOTE_ADDR} !=${address}`], `Spare ${address} from "${rule.text}"`),
        linesBefore(rule, [`RewriteCond %{REQUEST_URI} !^${path}$`], `Spare this path from "${rule.text}"`),
        commentedOut(rule, `Take "${rule.text}" out`),
      ]
    }
    case "redirect":
    case "redirectmatch":
      return [commentedOut(directive, `Take "${directive.text}" out`)]
    case "sslrequiressl":
      return [commentedOut(directive, `Take "${directive.text}" out`)]
    default:
      return []
  }
}

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replaceAll(" ", "\\s")

/** What `Options` lacks, granted in the narrowest section there is. */
function byOptions({ running }: HttpdJudgement, { observed, relation, required }: Evidence): readonly Maybe[] {
  if (relation.name !== "grants one of" || !isList(observed) || !isList(required)) return []
  const wanted = required.includes("FollowSymLinks") ? ["SymLinksIfOwnerMatch", "FollowSymLinks"] : required
  const wantsList = required.includes("Indexes")
  return narrowest(running.sections).flatMap((section) =>
    wanted.map((it) => {
      const granted = grantedIn(section, it)
      return granted !== undefined && wantsList ? { ...granted, effect: "lists" } : granted
    }),
  )
}

/** The line of the section that says what is granted is added to, where it has one. */
function grantedIn(section: Section, option: string): Maybe {
  const line = section.lines.findLast((it) => it.key === "options")
  const does = `Grant ${option} in ${section.title}`
  if (line === undefined) return linesInside(section, [`Options +${option}`], does)
  const isRelative = line.words.some((it) => /^[+-]/.test(it.text))
  const only = line.words[0]
  if (only !== undefined && only.text.toLowerCase() === "none") return wordInstead(line, only, option, does)
  const denying = line.words.find((it) => it.text.toLowerCase() === `-${option.toLowerCase()}`)
  if (denying !== undefined) return wordInstead(line, denying, `+${option}`, does)
  return wordBehind(line, isRelative ? `+${option}` : option, does)
}

/** Sections that can hold a line for this path alone, narrowest first. */
const narrowest = (sections: readonly Section[]): readonly Section[] =>
  sections
    .filter(({ scope }) => scope.kind === "htaccess" || (scope.kind === "directory" && scope.components > 0))
    .toReversed()
    .slice(0, 2)

/** Whether a line stands among others by itself, or in a section for methods, and in no group. */
const stands = (line: Directive, lines: readonly Directive[]): boolean =>
  lines.some((it) => it === line || (/^limit(?:except)?$/.test(it.key) && it.children.includes(line)))

/** Access for a directory nobody granted: in its own section, or in a new one for it. */
function byGrant(judged: HttpdJudgement, { denial }: Refused<World>): readonly Maybe[] {
  const { code } = denial.cause
  const isMissing =
    code === "apache/missing-require-granted" ||
    code === "apache/docroot-outside-granted-tree" ||
    code === "apache/compat-allow-does-not-override-require"
  if (!isMissing) return []
  const { running, exchange } = judged
  const own = narrowest(running.sections)
  const inside = own.flatMap((it) => [
    linesInside(it, [`Require ip ${exchange.client}`], `Let ${exchange.client} in by ${it.title}`),
    linesInside(it, ["Require all granted"], `Let everyone in by ${it.title}`),
  ])
  const root = exchange.server.root?.value
  const filename = fromBytes(running.filename ?? "")
  const directory =
    root !== undefined && filename.startsWith(`${root}`) ? root : filename.slice(0, filename.lastIndexOf("/"))
  const around = running.sections.find((it) => it.scope.kind === "directory")?.directive
  const section = (line: string): readonly string[] => [`<Directory "${directory}">`, `    ${line}`, "</Directory>"]
  const hasOwn = own.some(({ scope }) => scope.kind === "directory" && scope.path === `${directory}/`)
  if (around === undefined || directory === "" || hasOwn) return inside
  return [
    ...inside,
    linesBehind(around, section(`Require ip ${exchange.client}`), `Let ${exchange.client} into ${directory}`),
    linesBehind(around, section("Require all granted"), `Let everyone into ${directory}`),
  ]
}

/** One address more beside all that the deciding section requires. */
function byException({ running, exchange }: HttpdJudgement, { denial }: Refused<World>): readonly Maybe[] {
  if (denial.cause.code !== "apache/require-denied") return []
  const section = running.sections.findLast((it) => it.settings.authorization?.root !== undefined)
  if (section === undefined || section.scope.kind === "server") return []
  return [
    linesInside(
      section,
      [`Require ip ${exchange.client}`],
      `Let ${exchange.client} in by ${section.title} whatever else it asks`,
    ),
  ]
}

/** A file to be shown for a directory. */
function byIndex(judged: HttpdJudgement, { denial }: Refused<World>): readonly Maybe[] {
  const { running, exchange } = judged
  if (denial.cause.code !== "apache/no-index") return []
  const name = (running.settings.index?.value ?? ["index.html"]).find((it) => !it.startsWith("/"))
  const walked = exchange.walk(running.filename ?? "/", "exists")
  if (walked.kind !== "reached") return []
  const there = naming(judged, walked.path)
  if (name === undefined) return [there]
  // A link to the directory is no place for a file; the directory is.
  const path = `${walked.path.replace(/\/$/, "")}/${name}`
  return [
    there,
    {
      does: `Put a file at ${path}`,
      effect: "makes up",
      patches: [{ kind: "create", path }],
      written: [`touch ${path}`],
    },
  ]
}

/** Pages that are meant to be seen. A program is not among them: served as a file, it would show its source. */
const PAGES = ["index.html", "index.htm", "default.html"]

/** The index that is there, named beside those that are not. */
function naming(judged: HttpdJudgement, directory: string): Maybe {
  const { running, exchange } = judged
  const names = exchange.tree.names(directory)
  const page = PAGES.find((it) => names !== "unknown" && names.includes(it))
  const index = running.settings.index
  const line = index === undefined ? undefined : directiveAt(judged, index.source)
  if (page === undefined || line === undefined) return undefined
  return wordBehind(line, page, `Name ${page}, which is there, in "${line.text}"`)
}

/** Where nothing of `.htaccess` is wanted, it need not be read. */
function byOverride({ running, exchange }: HttpdJudgement, { denial }: Refused<World>): readonly Maybe[] {
  if (denial.cause.code !== "apache/htaccess-unreadable") return []
  const sections = exchange.server.directories.filter(({ scope, settings }) => {
    const isOnTheWay = scope.kind === "directory" && `${running.filename ?? ""}/`.startsWith(scope.path)
    return isOnTheWay && settings.override !== undefined
  })
  const line = sections.at(-1)?.lines.findLast((it) => it.key === "allowoverride")
  const word = line?.words[0]
  if (line === undefined || word === undefined || line.words.length !== 1) return []
  return [wordInstead(line, word, "None", "Read no .htaccess below this directory")]
}

/** The directive that stands at a place, in the configuration or in `.htaccess`. */
export function directiveAt({ running, exchange }: HttpdJudgement, source: Source): Directive | undefined {
  const inSections = running.sections.flatMap((it) => it.lines)
  return found(exchange.configuration.directives, source) ?? found(inSections, source)
}

function found(directives: readonly Directive[], source: Source): Directive | undefined {
  for (const it of directives) {
    const isHere = placeOf(sourceOf(it)) === placeOf(source) && it.line === source.line
    if (isHere) return it
    const inner = found(it.children, source)
    if (inner !== undefined) return inner
  }
  return undefined
}
