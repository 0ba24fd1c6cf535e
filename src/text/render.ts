import { parse as parseYaml } from "yaml"
import { isList, type Value } from "../decision/value.ts"

/** A value on one line, in the form that fits into any place of a YAML text. */
export function render(value: Value): string {
  if (isList(value)) return `[${value.map(renderString).join(", ")}]`
  if (typeof value === "string") return renderString(value)
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError(`${value} cannot be written as YAML`)
  return Object.is(value, -0) ? "-0" : String(value)
}

/** Bare only where every reader of YAML, old ones too, reads the same string, inside a flow list as well as outside. */
function renderString(text: string): string {
  return BARE.test(text) && !MEANS_MORE.test(text) && parseYaml(text) === text ? text : quote(text)
}

const BARE = /^[A-Za-z0-9_./$](?:[\w./@$+-]|:(?=[\w/])| (?=[\w./@$]))*$/
/** What YAML 1.1 takes for truth, and numbers to the base of 60. */
const MEANS_MORE = /^(?:y|yes|n|no|on|off|[\d:._]+)$/i

const quote = (text: string): string =>
  JSON.stringify(text)
    .replaceAll("${", () => "$${")
    .replaceAll(UNPRINTABLE, escaped)

/** JSON leaves these as they are; YAML forbids some and breaks lines at others, and nobody sees them. */
const UNPRINTABLE = /[\u007f-\u00a0\u2028\u2029\ue000-\uf8ff\ufeff\ufffe\uffff]/g

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
