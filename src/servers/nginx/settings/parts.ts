import { type Network, readNetwork } from "../../values/address.ts"
import type { Directive } from "../syntax/directive.ts"
import { templateOf } from "../values/template.ts"
import type { ErrorPage, RealIp, Settings, Symlinks, TryFiles } from "./settings.ts"

// Values of single directives.

const MEGABYTE = 1024 * 1024
/** Most bytes of a body where nothing is told. */
export const STANDARD_BODY = MEGABYTE

export const firstOf = ({ args }: Directive): string => args[0]?.text ?? ""

export function errorPagesOf({ name, args, ...rest }: Directive): readonly ErrorPage[] {
  if (name !== "error_page") return []
  const texts = args.map((it) => it.text)
  const to = texts.at(-1)
  if (to === undefined) return []
  const answer = /^=(\d{0,3})$/.exec(texts.at(-2) ?? "")
  const answers = answer === null ? undefined : Number(answer[1])
  return texts
    .slice(0, answer === null ? -1 : -2)
    .filter((it) => /^\d{3}$/.test(it))
    .map((it) => ({ status: Number(it), answers, to: templateOf(to), directive: { name, args, ...rest } }))
}

export function symlinksOf(directive: Directive | undefined): Symlinks | undefined {
  if (directive === undefined) return undefined
  const texts = directive.args.map((it) => it.text)
  const from = texts.find((it) => it.startsWith("from="))
  const mode = texts.includes("off") ? "off" : texts.includes("if_not_owner") ? "if-not-owner" : "on"
  return { mode, from: from === undefined ? undefined : templateOf(from.slice("from=".length)), directive }
}

export function davMethodsOf(directive: Directive | undefined, around: Settings | undefined): Settings["davMethods"] {
  if (directive === undefined) return around?.davMethods
  const methods = directive.args.map((it) => it.text.toUpperCase())
  return methods.includes("OFF") ? undefined : { methods, directive }
}

export function maxBodyOf(directive: Directive | undefined): Settings["maxBody"] | undefined {
  const size = /^(\d{1,15})([kmg]?)$/i.exec(directive?.args[0]?.text ?? "")
  if (directive === undefined || size === null) return undefined
  const unit = { k: 1024, m: MEGABYTE, g: 1024 * MEGABYTE }[size[2]?.toLowerCase() ?? ""] ?? 1
  return { bytes: Number(size[1]) * unit, directive }
}

export function realIpOf(lines: readonly Directive[], around: RealIp | undefined): RealIp {
  const from = lines.filter((it) => it.name === "set_real_ip_from")
  const header = lines.find((it) => it.name === "real_ip_header")
  const recursive = lines.find((it) => it.name === "real_ip_recursive")
  const networks = from.flatMap((it): readonly Network[] => {
    const network = readNetwork(firstOf(it))
    return network === undefined ? [] : [network]
  })
  return {
    from: from.length === 0 ? (around?.from ?? []) : networks,
    header: header === undefined ? (around?.header ?? "x-real-ip") : firstOf(header).toLowerCase(),
    isRecursive: recursive === undefined ? (around?.isRecursive ?? false) : firstOf(recursive) === "on",
  }
}

export function tryFilesOf(directive: Directive | undefined): TryFiles | undefined {
  const texts = directive?.args.map((it) => it.text) ?? []
  const last = texts.at(-1)
  if (directive === undefined || last === undefined) return undefined
  const candidates = texts.slice(0, -1).map((it) => {
    const isDirectory = it.length > 0 && it.endsWith("/")
    return { name: templateOf(isDirectory ? it.slice(0, -1) : it), isDirectory }
  })
  const status = /^=(\d{1,3})$/.exec(last)
  return {
    candidates,
    otherwise: status === null ? { to: templateOf(last) } : { status: Number(status[1]) },
    directive,
  }
}
