import type { ConfigFault } from "../../text/fault.ts"
import { type Directive, sourceOf } from "./language/directive.ts"
import { placeAt } from "./language/line.ts"
import { closed } from "./language/path-text.ts"
import { Reading } from "./language/reader.ts"
import type { Texts } from "./language/texts.ts"
import { treeOf } from "./language/tree.ts"
import { DEBIAN } from "./language/variables.ts"
import { hasWildcard } from "./language/wildcard.ts"
import { inherit, type Listening, ordered, readServer, type Server } from "./server.ts"
import { onlyExcludes } from "./settings/access-directives.ts"
import { merge } from "./settings/merge.ts"
import type { Section, Settings } from "./settings/settings.ts"

export interface ConfigurationInput {
  readonly texts: Texts
  /** The file httpd is started with, or a fragment; a name of `texts`. */
  readonly main: string
  /** Further fragments that belong to the same server, in order. */
  readonly also?: readonly string[]
  readonly serverRoot?: string
  readonly defines?: readonly string[]
  readonly environment?: ReadonlyMap<string, string>
  /** Where no `DocumentRoot` is written: what is taken for it. */
  readonly documentRoot?: string
}

/** A configuration of httpd as it would be in force. */
export interface HttpdConfiguration {
  readonly input: ConfigurationInput
  readonly main: Server
  readonly hosts: readonly Server[]
  /** The directives, all files in one. */
  readonly directives: readonly Directive[]
  /** Files read, in order. */
  readonly files: readonly string[]
  /** With a fault of severity `error` httpd would not start; it is judged without that line. */
  readonly faults: readonly ConfigFault[]
  /** What was taken to be so, as nobody said. */
  readonly assumptions: readonly string[]
  readonly serverRoot: string
  /** Names `Define` made, values of variables, and modules, for `.htaccess`. */
  readonly defined: ReadonlySet<string>
  readonly variables: ReadonlyMap<string, string>
  readonly modules: ReadonlySet<string>
  /** Whether lines load the modules; otherwise they are taken to be those of a plain httpd. */
  readonly isLoadedKnown: boolean
  /** Of `User`, `Group` and `Listen`. */
  readonly user: string | undefined
  readonly group: string | undefined
  readonly ports: readonly number[]
}

/** Modules a plain httpd of Debian has, taken to be loaded where no line loads any. */
const USUAL: ReadonlySet<string> = new Set(
  "core so http_core log_config logio version unixd watchdog mpm_event access_compat alias auth_basic authn_core authn_file authz_core authz_host authz_user autoindex deflate dir env filter mime negotiation reqtimeout setenvif status rewrite headers proxy expires macro".split(
    " ",
  ),
)

/** Compiled into httpd as Debian builds it. */
const BUILT_IN: ReadonlySet<string> = new Set("core so http_core log_config logio version unixd watchdog".split(" "))

export function readConfiguration(input: ConfigurationInput): HttpdConfiguration {
  const { texts, main } = input
  const all = [main, ...(input.also ?? [])]
  const isWhole = all.some((file) => /^[ \t]*(LoadModule|Include(Optional)?)\s/im.test(texts.read(file) ?? ""))
  const serverRoot = input.serverRoot ?? rootIn(texts.read(main) ?? "") ?? directoryOf(main)
  const readWith = (modules: ReadonlySet<string>) => {
    const reading = new Reading({
      texts,
      serverRoot,
      defines: input.defines ?? [],
      environment: input.environment ?? DEBIAN,
      modules,
      hasFile: (path) => (texts.read(path) === undefined ? undefined : true),
    })
    return { reading, drafts: all.flatMap((file) => reading.read(file, texts.read(file) ?? "")) }
  }
  const bare = readWith(BUILT_IN)
  const { reading, drafts } = bare.reading.loaded.size > 0 || !bare.reading.hasAskedForModules ? bare : readWith(USUAL)
  const faults = reading.faults
  const directives = treeOf(drafts, reading.variables, (name, line) => {
    if (!name.includes(":") && faults.length < 1000)
      faults.push({
        severity: "warning",
        source: { file: line.file, ...placeAt(line, 0), path: line.text.slice(0, 200) },
        message: `the variable \${${name}} is not defined`,
      })
  })
  const isLoadedKnown = reading.loaded.size > 0
  const modules = isLoadedKnown ? new Set([...BUILT_IN, ...reading.loaded]) : USUAL
  const assumed = isWhole ? NOTHING : assumedFor(directives, input.documentRoot)
  const built = serversOf(directives, serverRoot, isLoadedKnown ? modules : undefined, faults, assumed)
  return {
    input,
    ...built,
    directives,
    files: reading.files,
    faults,
    assumptions: [...assumptionsOf(isWhole, reading.missing, reading.loaded), ...assumed.told],
    serverRoot,
    defined: reading.defined,
    variables: reading.variables,
    modules,
    isLoadedKnown,
    user: wordOf(directives, "user"),
    group: wordOf(directives, "group"),
    ports: directives.filter((it) => it.key === "listen").flatMap(portOf),
  }
}

function serversOf(
  directives: readonly Directive[],
  serverRoot: string,
  modules: ReadonlySet<string> | undefined,
  faults: ConfigFault[],
  assumed: Assumed,
): Pick<HttpdConfiguration, "main" | "hosts"> {
  const complain = (message: string, directive: Directive): boolean => {
    if (faults.length < 1000) faults.push({ severity: "error", source: sourceOf(directive), message })
    return true
  }
  const outer = directives.filter((it) => it.key !== "virtualhost")
  const written = readServer(outer, serverRoot, modules, complain)
  const base = {
    server: { ...written.server, root: written.server.root ?? assumed.root },
    settings: merge(assumed.settings, written.settings),
  }
  const checked = (settings: Settings): Settings => {
    const { root } = settings.authorization ?? {}
    const [first] = root?.children ?? []
    if (root !== undefined && onlyExcludes(root) && first?.kind === "requirement")
      complain("the section holds only negative authorization directives", first.directive)
    return settings
  }
  for (const it of [...base.server.directories, ...base.server.locations]) checked(it.settings)
  const main: Server = {
    ...finished(inherit(base, empty())),
    addresses: [],
    source: undefined,
    name: base.server.name,
    aliasNames: base.server.aliasNames,
    rewriting: base.server.rewriting,
    hasTls: base.server.hasTls,
  }
  const hosts = directives
    .filter((it) => it.key === "virtualhost")
    .map((it): Server => {
      const own = readServer(it.children, serverRoot, modules, complain)
      for (const section of [...own.server.directories, ...own.server.locations]) checked(section.settings)
      return {
        ...finished(inherit(base, own)),
        addresses: it.words.map((word) => listeningOf(word.text)),
        source: sourceOf(it),
      }
    })
  return { main, hosts }
}

/** What a fragment leaves out, as it most often is. */
interface Assumed {
  readonly root: Server["root"]
  readonly settings: Settings
  readonly told: readonly string[]
}

const NOTHING: Assumed = { root: undefined, settings: {}, told: [] }

function assumedFor(directives: readonly Directive[], given: string | undefined): Assumed {
  const source = { file: "assumed", path: "" }
  const override = {
    classes: new Set<never>(),
    options: "all",
    skips: { disallowed: false, unknown: false },
    source,
  } as const
  const told = ["AllowOverride is None where nothing says otherwise"]
  const paths = directives
    .filter((it) => it.key === "directory")
    .map((it) => closed(it.words[0]?.text ?? ""))
    .filter((it) => it.startsWith("/") && it !== "/" && !hasWildcard(it))
  const root = given ?? paths.toSorted((a, b) => a.length - b.length)[0]
  const isWritten = directives.some((it) => it.key === "documentroot")
  if (root === undefined || isWritten) return { root: undefined, settings: { override }, told }
  return { root: { value: root, source }, settings: { override }, told: [...told, `the document root is ${root}`] }
}

const empty = () => readServer([], "/", undefined, () => true)

const finished = <T extends { readonly directories: readonly Section[] }>(server: T): T => ({
  ...server,
  directories: ordered(server.directories),
})

/** `*:80`, `192.0.2.1`, `[2001:db8::1]:443`, `_default_:443` */
function listeningOf(text: string): Listening {
  const parts = /^(\[[^\]]*\]|[^:]*)(?::(\d+|\*))?$/.exec(text)
  const address = (parts?.[1] ?? text).replace(/^\[|\]$/g, "")
  const port = parts?.[2]
  return {
    address: address === "" || address === "_default_" ? "*" : address,
    port: port === undefined || port === "*" ? undefined : Number(port),
  }
}

function portOf({ words }: Directive): readonly number[] {
  const port = Number(/(\d+)$/.exec(words[0]?.text ?? "")?.[1])
  return Number.isInteger(port) && port > 0 ? [port] : []
}

const wordOf = (directives: readonly Directive[], key: string): string | undefined =>
  directives.findLast((it) => it.key === key)?.words[0]?.text

const rootIn = (text: string): string | undefined => /^[ \t]*ServerRoot\s+"?([^"\s]+)/im.exec(text)?.[1]

const directoryOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf("/"))) || "/"

function assumptionsOf(isWhole: boolean, missing: readonly string[], loaded: ReadonlySet<string>): readonly string[] {
  return [
    ...(isWhole
      ? []
      : ["what was given is the whole configuration; what stands elsewhere is as httpd has it from the start"]),
    ...(loaded.size === 0 ? ["the modules of a plain httpd 2.4 of Debian are loaded"] : []),
    ...missing.map((it) => `${it}, which was not given, changes nothing`),
  ]
}
