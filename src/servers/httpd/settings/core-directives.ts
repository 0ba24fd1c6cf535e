import { sourceOf } from "../language/directive.ts"
import type { Override } from "../language/directives.ts"
import { pathFrom } from "../language/path-text.ts"
import type { Context, Handler, Handlers } from "./draft.ts"
import { OPTIONS, type Option, readOptions } from "./options.ts"
import type { ErrorDocument, OverrideSetting } from "./settings.ts"

const options: Handler = (directive, { settings, allowed }) => {
  const words = directive.words.map((it) => it.text)
  const read = readOptions(words, settings.options, allowed?.options ?? "all", sourceOf(directive))
  if (typeof read === "string") return read
  settings.options = read
  return undefined
}

const CLASSES: Readonly<Record<string, Override>> = {
  authconfig: "authconfig",
  fileinfo: "fileinfo",
  indexes: "indexes",
  limit: "limit",
  options: "options",
}

/** Without `MultiViews` and `SymLinksIfOwnerMatch`, which `AllowOverride Options` does not hold. */
const PLAIN: ReadonlySet<Option> = new Set(OPTIONS.filter((it) => it !== "MultiViews" && it !== "SymLinksIfOwnerMatch"))

const allowOverride: Handler = (directive, { settings, kind }) => {
  if (kind === "htaccess") return "AllowOverride not allowed here"
  const classes = new Set<Override>()
  let allowed: OverrideSetting["options"] = "all"
  let skips = { disallowed: false, unknown: false }
  for (const { text } of directive.words) {
    const [name = "", value] = text.toLowerCase().split("=", 2)
    const named = CLASSES[name]
    if (name === "none") classes.clear()
    else if (name === "all") for (const it of ["all", ...Object.values(CLASSES)] as const) classes.add(it)
    else if (name === "nonfatal")
      skips = {
        disallowed: skips.disallowed || value !== "unknown",
        unknown: skips.unknown || value !== "override",
      }
    else if (named === undefined) return `Illegal override option ${text}`
    else {
      classes.add(named).add("all")
      if (named === "options") allowed = value === undefined ? PLAIN : optionsNamed(value)
    }
  }
  settings.override = { classes, options: allowed, skips, source: sourceOf(directive) }
  return undefined
}

function optionsNamed(list: string): ReadonlySet<Option> {
  const names = list.split(",")
  return new Set(OPTIONS.filter((it) => names.includes(it.toLowerCase()) || (names.includes("all") && PLAIN.has(it))))
}

const allowOverrideList: Handler = (directive, { settings, kind }) => {
  if (kind === "htaccess") return "AllowOverrideList not allowed here"
  const names = directive.words.map((it) => it.text.toLowerCase())
  settings.overrideList = new Set(names[0] === "none" ? [] : names)
  return undefined
}

const errorDocument: Handler = (directive, { settings }) => {
  const [code, first] = directive.words
  const status = Number(code?.text)
  if (code === undefined || first === undefined || !Number.isInteger(status)) return "ErrorDocument takes two arguments"
  const value = first.text
  const isQuoted = first.written.startsWith('"')
  const kind: ErrorDocument["kind"] =
    value.toLowerCase() === "default"
      ? "default"
      : /^[a-z][a-z0-9+.-]*:\/\//i.test(value)
        ? "url"
        : value.startsWith("/")
          ? "path"
          : "text"
  // httpd passes over it, as a browser could not ask for credentials elsewhere.
  if (status === 401 && kind === "url") return undefined
  const isText = kind === "path" && isQuoted && directive.words.length > 2
  const errors = new Map(settings.errors)
  errors.set(status, { kind: isText ? "text" : kind, value, source: sourceOf(directive) })
  settings.errors = errors
  return undefined
}

const setHandler: Handler = (directive, { settings }) => {
  settings.handler = { value: directive.words[0]?.text ?? "", source: sourceOf(directive) }
  return undefined
}

const bodyLimit: Handler = (directive, { settings }) => {
  const value = Number(directive.words[0]?.text)
  if (!Number.isSafeInteger(value) || value < 0) return "LimitRequestBody requires a non-negative integer."
  settings.bodyLimit = { value, source: sourceOf(directive) }
  return undefined
}

const acceptPathInfo: Handler = (directive, { settings }) => {
  const said = directive.words[0]?.text.toLowerCase()
  if (said === "default") return undefined
  settings.pathInfo = { value: said === "on", source: sourceOf(directive) }
  return undefined
}

const authentication =
  (key: "type" | "name" | "userFile"): Handler =>
  (directive, { settings, serverRoot }) => {
    const said = directive.words[0]?.text ?? ""
    const value = key === "userFile" ? pathFrom(serverRoot, said) : said
    settings.authentication = { ...settings.authentication, [key]: { value, source: sourceOf(directive) } }
    return undefined
  }

const providers: Handler = (directive, { settings }) => {
  const value = directive.words.map((it) => it.text.toLowerCase())
  settings.authentication = { ...settings.authentication, providers: { value, source: sourceOf(directive) } }
  return undefined
}

const authoritative: Handler = (directive, { settings }) => {
  settings.authentication = { ...settings.authentication, isAuthoritative: isOn(directive.words[0]?.text) }
  return undefined
}

export const isOn = (text: string | undefined): boolean => text?.toLowerCase() !== "off"

const index: Handler = (directive, { settings }) => {
  const words = directive.words.map((it) => it.text)
  const isDisabled = words.length === 1 && words[0]?.toLowerCase() === "disabled"
  const value = isDisabled ? [] : [...(settings.index?.value ?? []), ...words]
  settings.index = { value, source: sourceOf(directive) }
  return undefined
}

const slash: Handler = (directive, { settings }) => {
  settings.slash = { value: isOn(directive.words[0]?.text), source: sourceOf(directive) }
  return undefined
}

const handlerForExtensions =
  (isAdded: boolean): Handler =>
  (directive, { settings }) => {
    const [first, ...rest] = directive.words.map((it) => it.text)
    const handlers = new Map(settings.handlers)
    const added = { value: first?.toLowerCase() ?? "", source: sourceOf(directive) }
    for (const it of isAdded ? rest : [first ?? "", ...rest])
      handlers.set(it.replace(/^\./, "").toLowerCase(), isAdded ? added : null)
    settings.handlers = handlers
    return undefined
  }

/** Of the types of files only those matter that hand the file to a program, as mod_php's old way does. */
const addType: Handler = (directive, context: Context) =>
  /^application\/x-httpd-/i.test(directive.words[0]?.text ?? "")
    ? handlerForExtensions(true)(directive, context)
    : undefined

export const CORE_DIRECTIVES: Handlers = {
  options,
  allowoverride: allowOverride,
  allowoverridelist: allowOverrideList,
  errordocument: errorDocument,
  sethandler: setHandler,
  limitrequestbody: bodyLimit,
  acceptpathinfo: acceptPathInfo,
  authtype: authentication("type"),
  authname: authentication("name"),
  authuserfile: authentication("userFile"),
  authbasicprovider: providers,
  authbasicauthoritative: authoritative,
  directoryindex: index,
  directoryslash: slash,
  addhandler: handlerForExtensions(true),
  removehandler: handlerForExtensions(false),
  addtype: addType,
  sslrequiressl: (directive, { settings }) => {
    settings.sslRequired = { value: true, source: sourceOf(directive) }
    return undefined
  },
  authgroupfile: () => undefined,
}
