import { type Directive, sourceOf } from "../language/directive.ts"
import { type Context, grown, type Handlers } from "./draft.ts"
import { patternOf } from "./pattern.ts"

/** `SetEnvIf ATTRIBUTE PATTERN VARIABLE…`; of the server it acts earlier than of a section. */
function setEnvIf(directive: Directive, { settings, server, path }: Context, isCaseless: boolean, attribute?: string) {
  const words = directive.words.map((it) => it.text)
  const [named = "", pattern, ...sets] = attribute === undefined ? words : [attribute, ...words]
  if (pattern === undefined || sets.length === 0) return `Missing envariable expression for ${directive.name}`
  const rule = {
    attribute: named,
    pattern: patternOf(pattern, isCaseless),
    sets: sets.map(variableOf),
    source: sourceOf(directive),
  }
  if (path === undefined) server.environment.push(rule)
  else settings.environment = grown(settings.environment, rule)
  return undefined
}

function variableOf(text: string): { readonly name: string; readonly value: string | undefined } {
  if (text.startsWith("!")) return { name: text.slice(1), value: undefined }
  const at = text.indexOf("=")
  return at === -1 ? { name: text, value: "1" } : { name: text.slice(0, at), value: text.slice(at + 1) }
}

export const ENVIRONMENT_DIRECTIVES: Handlers = {
  setenvif: (directive, context) => setEnvIf(directive, context, false),
  setenvifnocase: (directive, context) => setEnvIf(directive, context, true),
  browsermatch: (directive, context) => setEnvIf(directive, context, false, "User-Agent"),
  browsermatchnocase: (directive, context) => setEnvIf(directive, context, true, "User-Agent"),
}
