import type { Denial } from "../../decision/decide.ts"
import { mend } from "../../decision/mend.ts"
import { isList } from "../../decision/value.ts"
import { fileCandidates } from "../files/candidates.ts"
import { walk } from "../files/walk.ts"
import type { Candidate } from "../remedies.ts"
import { askedCandidates } from "./asked-candidates.ts"
import type { NginxConfiguration } from "./configuration.ts"
import { directiveAt, textOf } from "./directive-at.ts"
import { lineBefore, patternInstead, wordBehind, wordInstead } from "./edits.ts"
import { absenceCandidates } from "./file-candidates.ts"
import { ruleCandidates } from "./rule-candidates.ts"
import type { Exchange, NginxMachine } from "./run/exchange.ts"
import { isKnownMethod } from "./settings/methods.ts"
import type { Directive } from "./syntax/directive.ts"

/** What a change is looked for in. */
export interface Refused {
  readonly configuration: NginxConfiguration
  readonly machine: NginxMachine
  readonly denial: Denial<Exchange>
}

/** Changes of the configuration or the files that may let a refused request in, made of what failed. Each is to be tried. */
export function candidatesFor(refused: Refused): readonly Candidate[] {
  const found = [
    ...fromRights(refused),
    ...fromMendings(refused),
    ...ruleCandidates(refused),
    ...absenceCandidates(refused),
    ...askedCandidates(refused),
  ]
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
      if (added === undefined || !isKnownMethod(added)) return undefined
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
