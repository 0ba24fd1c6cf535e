import { everyDirective } from "../../nginx/directive-at.ts"
import { wordInstead } from "../../nginx/edits.ts"
import { readName } from "../../nginx/settings/location.ts"
import type { Server } from "../../nginx/settings/server.ts"
import type { Directive } from "../../nginx/syntax/directive.ts"
import { proposed } from "../finding.ts"
import { foundAt, labelOf, lineOf, type NginxCheck, type NginxFinding, type NginxSite, textOf } from "./site.ts"

/** Patterns that match every path, so that none behind them is tried. */
const MATCHING_ALL = new Set([".*", "^", "/", "^/", ".", "^.*$", "^/.*", "^/.*$", ".+", "^.+$"])

/** Locations no path gets to, as an earlier pattern of the same block takes all of theirs. */
export const shadowedLocations: NginxCheck = function* (site) {
  for (const block of everyDirective(site.configuration.http)) {
    if (block.name !== "server" && block.name !== "location") continue
    const patterns: { readonly directive: Directive; readonly name: string; readonly isCaseless: boolean }[] = []
    for (const directive of block.block ?? []) {
      if (directive.name !== "location") continue
      const { match, name, isCaseless } = readName(directive.args.map((it) => it.text))
      if (match !== "pattern") continue
      const by = patterns.find(
        (it) => MATCHING_ALL.has(it.name) || (it.name === name && (it.isCaseless || !isCaseless)),
      )
      patterns.push({ directive, name, isCaseless })
      if (by === undefined) continue
      yield foundAt(site, directive, {
        name: "nginx/location-shadowed",
        why: `patterns are tried in the order they are written, and \`${labelOf(by.directive)}\` on ${lineOf(by.directive, directive)} takes every path this one does`,
        effect: "no request ever gets to this location, nor to what it allows or denies",
        change: proposed(`Put it before \`${labelOf(by.directive)}\`, or remove it`),
      })
    }
  }
}

/** `alias` beside a prefix of which only one ends with a slash. */
export const aliases: NginxCheck = function* (site) {
  for (const location of everyDirective(site.configuration.http)) {
    if (location.name !== "location") continue
    const alias = location.block?.find((it) => it.name === "alias")
    const path = alias?.args[0]
    const { match, name } = readName(location.args.map((it) => it.text))
    if (alias === undefined || path === undefined || !(match === "prefix" || match === "prefix first")) continue
    if (name.endsWith("/") === path.text.endsWith("/")) continue
    yield path.text.endsWith("/") ? traversal(site, location, alias, name) : missingSlash(site, alias, name)
  }
}

function traversal(site: NginxSite, location: Directive, alias: Directive, name: string): NginxFinding {
  const word = location.args.at(-1)
  const text = textOf(site.configuration, location.at.file)
  const written = word === undefined ? "" : text.slice(word.start, word.end)
  const change =
    word === undefined || /["'\\]/.test(written)
      ? undefined
      : proposed(`Write \`${name}/\``, wordInstead(location, word, text, `${written}/`, "").patches)
  return foundAt(site, location, {
    name: "nginx/alias-traversal",
    why: `nginx puts what is behind \`${name}\` behind \`${alias.args[0]?.text}\`, so that \`${name}../x\` leads above it`,
    effect: `serves files of the directory above ${alias.args[0]?.text} to whoever asks`,
    change: change ?? proposed("Let both end with a slash"),
  })
}

function missingSlash(site: NginxSite, alias: Directive, name: string): NginxFinding {
  const word = alias.args[0]
  const text = textOf(site.configuration, alias.at.file)
  const written = word === undefined ? "" : text.slice(word.start, word.end)
  const change =
    word === undefined || /["'\\$]/.test(written)
      ? undefined
      : proposed(`Write \`${word.text}/\``, wordInstead(alias, word, text, `${written}/`, "").patches)
  return foundAt(site, alias, {
    name: "nginx/alias-without-slash",
    why: `nginx puts what is behind \`${name}\` directly behind \`${word?.text}\`: \`${name}x\` becomes \`${word?.text}x\``,
    effect: `finds no file in ${word?.text}, and may serve files beside it whose names begin as it does`,
    change: change ?? proposed("Let both end with a slash"),
  })
}

/** Servers that have a name another has at the same address; nginx only warns, and the first gets the requests. */
export const serverNames: NginxCheck = function* (site) {
  const taken = new Map<string, Server>()
  for (const server of site.configuration.servers) {
    const told = new Set<string>()
    for (const { address, port } of server.listens)
      for (const name of server.names) {
        const key = `${address} ${port} ${name.toLowerCase()}`
        const first = taken.get(key)
        if (first === undefined) taken.set(key, server)
        else if (first !== server && !told.has(name.toLowerCase())) {
          told.add(name.toLowerCase())
          yield duplicate(site, server, first, name, `${address}:${port}`)
        }
      }
  }
}

function duplicate(site: NginxSite, server: Server, first: Server, name: string, listen: string): NginxFinding {
  const directive = server.directive.block?.find(
    (it) => it.name === "server_name" && it.args.some((arg) => arg.text.toLowerCase() === name.toLowerCase()),
  )
  const word = directive?.args.find((it) => it.text.toLowerCase() === name.toLowerCase())
  const change =
    directive === undefined || word === undefined || directive.args.length < 2
      ? proposed("Give each server names of its own, or put both into one")
      : proposed(`Remove \`${name}\``, wordRemoved(site, directive, word))
  return foundAt(site, directive ?? server.directive, {
    name: "nginx/server-name-duplicate",
    why: `${name === "" ? "having no name" : `\`${name}\``} at ${listen} is what the server on ${lineOf(first.directive, server.directive)} has already`,
    effect: "no request for that name gets to this server, nor to what it allows or denies",
    change,
  })
}

/** A word and the blanks before it. */
export function wordRemoved({ configuration }: NginxSite, { at }: Directive, word: Directive["args"][number]) {
  const text = textOf(configuration, at.file)
  const blanks = /[ \t]*$/.exec(text.slice(Math.max(0, word.start - 200), word.start))?.[0].length ?? 0
  const remove = text.slice(word.start - blanks, word.end)
  return [{ kind: "text", file: at.file, line: word.line, column: word.column - blanks, remove, insert: "" } as const]
}
