import { isList } from "../../decision/value.ts"
import { visible } from "../../text/excerpt.ts"
import { walk } from "../files/walk.ts"
import type { Patch } from "../patch.ts"
import type { Candidate } from "../remedies.ts"
import type { Refused } from "./candidates.ts"
import type { NginxConfiguration } from "./configuration.ts"
import { textOf } from "./directive-at.ts"
import { lineInside, wordBehind, wordInstead } from "./edits.ts"
import { directoryMeant } from "./mapping.ts"
import type { Settings } from "./settings/settings.ts"
import type { Directive } from "./syntax/directive.ts"

/** What is not there and could be: an index, a list, a password file, the file itself, another root. */
export function absenceCandidates(refused: Refused): readonly Candidate[] {
  const { denial, configuration, machine } = refused
  const [first] = denial.evidence
  const settings = denial.frame.world?.refused?.settings
  const path = / (\/[\s\S]*)$/.exec(first.source.path)?.[1]
  const directory = directoryMeant(denial)
  if (directory !== undefined && isList(first.required)) {
    const [name] = first.required
    // A link to the directory is no place for a file; the directory is.
    const walked = walk(machine.files, machine.reader, directory, "exists")
    const real = walked.kind === "reached" ? walked.path : directory
    return [
      ...(settings === undefined ? [] : naming(refused, settings, directory)),
      ...(name === undefined || name.startsWith("/") ? [] : [create(`${real.replace(/\/+$/, "")}/${name}`)]),
      ...(settings?.tryFiles === undefined ? [] : withoutDirectory(configuration, settings.tryFiles.directive)),
      ...(settings === undefined ? [] : listing(configuration, settings)),
    ]
  }
  if (denial.cause.code === "nginx/disable-symlinks" && settings?.symlinks !== undefined)
    return otherLinks(configuration, settings, settings.symlinks.directive)
  const isAbsent =
    first.relation.name === "differs from" && first.fact.name === "file.kind" && first.observed === "absent"
  return isAbsent && path !== undefined && !path.endsWith("/") && machine.files.at(path) === "absent"
    ? [create(path)]
    : []
}

/** Pages that are meant to be seen. A program is not among them: served as a file, it would show its source. */
const PAGES = ["index.html", "index.htm", "default.html"]

/** The index that is there, named beside those that are not. */
function naming({ configuration, machine }: Refused, settings: Settings, directory: string): readonly Candidate[] {
  const { directive, index } = settings
  const names = machine.files.names(directory)
  const page = PAGES.find((it) => names !== "unknown" && names.includes(it))
  const text = textOf(configuration, index?.directive ?? directive)
  if (page === undefined || text === undefined) return []
  const does = `Name \`${page}\`, which is there, in \`index\``
  const added =
    index === undefined
      ? lineInside(directive, text, `index ${page};`, does)
      : wordBehind(index.directive, index.directive.args.at(-1), text, page, does)
  return added === undefined ? [] : [added]
}

/** Only servers and locations may list directories. */
function listing(configuration: NginxConfiguration, { directive, label }: Settings): readonly Candidate[] {
  const text = textOf(configuration, directive)
  if (text === undefined || (directive.name !== "location" && directive.name !== "server")) return []
  const own = directive.block?.find((it) => it.name === "autoindex")
  const [word] = own?.args ?? []
  const does = `Show the list of files in \`${label}\``
  const added =
    own === undefined
      ? lineInside(directive, text, "autoindex on;", does)
      : word === undefined
        ? undefined
        : wordInstead(own, word, text, "on", does)
  return added === undefined ? [] : [{ ...added, effect: "lists" }]
}

/** Here alone first: what stands further out holds for others too. */
function otherLinks(configuration: NginxConfiguration, here: Settings, directive: Directive): readonly Candidate[] {
  const text = textOf(configuration, directive)
  const word = directive.args[0]
  if (text === undefined || word === undefined) return []
  const block = here.directive
  const inner = block.block?.includes(directive) === true ? undefined : textOf(configuration, block)
  return ["if_not_owner", "off"]
    .filter((it) => it !== word.text)
    .flatMap((it) => {
      const added =
        inner === undefined || !["location", "server"].includes(block.name)
          ? undefined
          : lineInside(block, inner, `disable_symlinks ${it};`, `Write \`disable_symlinks ${it}\` in \`${here.label}\``)
      return [
        ...(added === undefined ? [] : [added]),
        wordInstead(directive, word, text, it, `Write \`disable_symlinks ${it}\` in line ${directive.at.line}`),
      ]
    })
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
    effect: "makes up",
    patches: [patch],
    written: [`${visible(path)}: a file the worker may read`],
  }
}
