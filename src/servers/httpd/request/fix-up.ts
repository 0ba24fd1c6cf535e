import { check, following } from "../../../decision/check.ts"
import { apacheRewriteNeedsFollowsymlinks } from "../../../foreign/apache/rewrite-needs-followsymlinks.ts"
import { toBytes } from "../../values/bytes.ts"
import { grantedOptions, optionsFact, seenOptions } from "../access/options-gate.ts"
import { applyRules } from "../rewrite/apply.ts"
import type { Rewriting } from "../rewrite/rule.ts"
import { optionsOf } from "../settings/options.ts"
import { BUILT_IN, type Exchange } from "./exchange.ts"
import { type Halt, unknown } from "./halt.ts"
import { findIndex } from "./index-file.ts"
import type { Running } from "./running.ts"
import { firstRedirect, redirected } from "./translate.ts"

/** Last changes before a handler is asked: its name, rules of the directory, redirects, the index of a directory. */
export function fixUp(exchange: Exchange, running: Running): Halt | undefined {
  return (
    nameHandler(running) ??
    rewriteInDirectory(exchange, running) ??
    redirectInSection(exchange, running) ??
    findIndex(exchange, running)
  )
}

/** mod_mime by the name's extensions, and `SetHandler` over it. */
function nameHandler(running: Running): Halt | undefined {
  const { filename, found, settings } = running
  if (running.proxied !== undefined) return undefined
  if (settings.handlers !== undefined && found !== "directory" && running.handler === undefined) {
    const extensions = (filename ?? "")
      .slice((filename ?? "").lastIndexOf("/") + 1)
      .split(".")
      .slice(1)
    for (const it of extensions) {
      const added = settings.handlers.get(it.toLowerCase())
      if (added !== undefined && added !== null) running.handler = { name: added.value, source: added.source }
    }
  }
  if (
    found === "nothing" &&
    optionsOf(settings.options).has("MultiViews") &&
    running.pathInfo === "" &&
    !filename?.endsWith("/")
  )
    return unknown("which file MultiViews chooses", "content negotiation is not judged here", settings.options?.source)
  const set = settings.handler
  if (set !== undefined && set.value.toLowerCase() !== "none") running.handler = { name: set.value, source: set.source }
  return undefined
}

/** Rules of a section or of `.htaccess` (mod_rewrite `hook_fixup`). */
function rewriteInDirectory(exchange: Exchange, running: Running): Halt | undefined {
  const { rewriting } = running.settings
  if (rewriting?.isOn?.value !== true || rewriting.directory === undefined) return undefined
  const { directory } = rewriting
  const filename = running.filename ?? running.uri
  const isDirectoryItself = `${filename}/` === directory && !rewriting.options?.has("allownoslash")
  if (isDirectoryItself || running.isRewritten) return undefined
  const options = optionsOf(running.settings.options)
  if (!options.has("FollowSymLinks") && !options.has("SymLinksIfOwnerMatch")) {
    const { source } = running.settings.options ?? { source: BUILT_IN }
    const needed = following(["FollowSymLinks", "SymLinksIfOwnerMatch"], source, "operator")
    const about = { cause: apacheRewriteNeedsFollowsymlinks, status: 403, code: "AH00670" }
    return exchange.barred(running, [check(optionsFact, grantedOptions, needed)], about, seenOptions(options, source))
  }
  const applied = applyRules(exchange, running, rewriting.rules, directory)
  if (applied.kind === "halted") return applied.halt
  if (applied.kind === "untouched") return undefined
  const { rule, status } = applied
  if (applied.proxies) {
    running.proxied = { to: running.filename ?? "", source: rule.source }
    running.handler = { name: "proxy-server", source: rule.source }
    return undefined
  }
  if (status !== undefined) return { kind: "answered", status, by: "redirect", at: rule.source, isByRule: true }
  const name = running.filename ?? ""
  if (!name.startsWith("/")) return unknown(`where "${rule.written}" leads`, "it names no path", rule.source)
  if (name === filename) return undefined
  running.redirected = localUrl(exchange, running, name, rewriting)
  running.handler = { name: "redirect-handler", source: rule.source }
  return undefined
}

/** The path of a URL for a file, by `RewriteBase`, the document root or the alias that led here. */
function localUrl(exchange: Exchange, running: Running, name: string, { base, directory = "" }: Rewriting): string {
  if (base !== undefined && name.startsWith(directory)) return base + name.slice(directory.length)
  const root = toBytes(exchange.server.root?.value ?? "").replace(/\/$/, "")
  if (base === undefined && root !== "" && name.startsWith(`${root}/`)) return name.slice(root.length)
  const { context } = running
  if (context === undefined) return name
  const bare = context.root.replace(/\/$/, "")
  return name === bare || name.startsWith(`${bare}/`)
    ? context.prefix.replace(/\/$/, "") + name.slice(bare.length)
    : name
}

function redirectInSection(exchange: Exchange, running: Running): Halt | undefined {
  const { redirect, redirects } = running.settings
  const found = redirect ?? firstRedirect(running, redirects ?? [])
  if (found === undefined) return undefined
  return "kind" in found ? found : redirected(exchange, running, found)
}
