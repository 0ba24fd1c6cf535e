import type { Source } from "../../decision/source.ts"
import type { Directive } from "./language/directive.ts"
import { type Complaint, compile } from "./settings/compile.ts"
import type { Draft, ServerDraft } from "./settings/draft.ts"
import { merge } from "./settings/merge.ts"
import { ALL_METHODS } from "./settings/methods.ts"
import type { Section, Settings } from "./settings/settings.ts"

/** One virtual host, or the main server, with what it inherits. */
export interface Server extends Readonly<ServerDraft> {
  /** What holds for every directory. */
  readonly settings: Settings
  /** `<VirtualHost *:80>`; undefined for the main server. */
  readonly addresses: readonly Listening[]
  readonly source: Source | undefined
}

/** One address of a `<VirtualHost>`. `*` for any. */
export interface Listening {
  readonly address: string
  readonly port: number | undefined
}

export const newServer = (): ServerDraft => ({
  name: undefined,
  aliasNames: [],
  root: undefined,
  aliases: [],
  redirects: [],
  proxied: [],
  environment: [],
  directories: [],
  locations: [],
  proxies: [],
  rewriting: undefined,
  accessFiles: undefined,
  mergesSlashes: undefined,
  encodedSlashes: undefined,
  tracing: undefined,
  hasTls: undefined,
  userDirectories: undefined,
  remote: { header: undefined, trusted: [] },
})

/** Acts on the directives of the main server or of one virtual host. */
export function readServer(
  directives: readonly Directive[],
  serverRoot: string,
  modules: ReadonlySet<string> | undefined,
  complain: Complaint,
): { readonly server: ServerDraft; readonly settings: Settings } {
  const server = newServer()
  const settings: Draft = {}
  const context = {
    settings,
    server,
    path: undefined,
    kind: "server",
    methods: ALL_METHODS,
    serverRoot,
    conditions: [],
    modules,
  } as const
  compile(directives, { ...context, conditions: [] }, complain)
  return { server, settings }
}

/** A virtual host on top of the main server: its own sections come after (server/core.c, mod_alias, mod_setenvif). */
export function inherit(
  main: { readonly server: ServerDraft; readonly settings: Settings },
  own: { readonly server: ServerDraft; readonly settings: Settings },
): ServerDraft & { readonly settings: Settings } {
  const a = main.server
  const b = own.server
  return {
    ...b,
    root: b.root ?? a.root,
    aliases: [...b.aliases, ...a.aliases],
    redirects: [...b.redirects, ...a.redirects],
    proxied: [...b.proxied, ...a.proxied],
    environment: [...a.environment, ...b.environment],
    directories: [...a.directories, ...b.directories],
    locations: [...a.locations, ...b.locations],
    proxies: [...a.proxies, ...b.proxies],
    accessFiles: b.accessFiles ?? a.accessFiles,
    mergesSlashes: b.mergesSlashes ?? a.mergesSlashes,
    encodedSlashes: b.encodedSlashes ?? a.encodedSlashes,
    tracing: b.tracing ?? a.tracing,
    userDirectories: b.userDirectories ?? a.userDirectories,
    remote: {
      header: b.remote.header ?? a.remote.header,
      trusted: b.remote.trusted.length > 0 ? b.remote.trusted : a.remote.trusted,
    },
    settings: merge(main.settings, own.settings),
  }
}

/**
 * Sections of directories in the order httpd meets them: paths before patterns, in each those with fewer slashes first, and
 * else as they are written (server/core.c, `reorder_sorter`; of a pattern the slashes of its text count).
 */
export function ordered(sections: readonly Section[]): readonly Section[] {
  const place = ({ scope }: Section): readonly [isPattern: number, slashes: number] => {
    if (scope.kind === "directory") return [0, scope.components]
    if (scope.kind !== "pattern") return [1, Number.POSITIVE_INFINITY]
    const { written } = scope.pattern
    return [1, (written.endsWith("/") ? written : `${written}/`).split("/").length - 1]
  }
  return sections.toSorted((a, b) => {
    const [[patternA, slashesA], [patternB, slashesB]] = [place(a), place(b)]
    return patternA - patternB || (slashesA === slashesB ? 0 : slashesA - slashesB)
  })
}
