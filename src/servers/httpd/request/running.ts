import type { Source } from "../../../decision/source.ts"
import type { Section, Settings } from "../settings/settings.ts"

/** What is at the end of a path, as far as a handler cares. */
export type Found = "nothing" | "file" | "directory" | "other"

/** One request inside the server: the client's, one that looks for an index, one that a rewrite or an error page began. */
export class Running {
  method: string
  /** Decoded path. */
  uri: string
  /** As it came, encoded. */
  readonly target: string
  args: string | undefined
  filename: string | undefined
  pathInfo = ""
  found: Found = "nothing"
  settings: Settings
  /** Sections that make up `settings`, in the order they were merged. */
  sections: readonly Section[] = []
  environment: Map<string, string>
  user: string | undefined
  handler: { readonly name: string; readonly source: Source | undefined } | undefined
  /** A handler read the body, or met its limit. */
  isBodyRead = false
  /** By `ScriptAlias`: such a path needs no `ExecCGI`, whatever sets its handler later (`is_scriptaliased` in mod_cgi.c). */
  isScriptAliased = false
  /** Of a request that looks for an index: the one it is for. */
  readonly parent: Running | undefined
  /** Of a request begun by another: that one. */
  readonly previous: Running | undefined
  /** A rule said END. */
  isRewritten = false
  /** Of an `Alias` that was taken: what it stands for and where it leads. */
  context: { readonly prefix: string; readonly root: string } | undefined
  proxied: { readonly to: string; readonly source: Source } | undefined
  /** A rewrite of a directory leads here. */
  redirected: string | undefined

  constructor(
    from: Pick<Running, "method" | "uri" | "target" | "args" | "settings" | "environment">,
    links: { readonly parent?: Running; readonly previous?: Running } = {},
  ) {
    this.method = from.method
    this.uri = from.uri
    this.target = from.target
    this.args = from.args
    this.settings = from.settings
    this.environment = new Map(from.environment)
    this.parent = links.parent
    this.previous = links.previous
    this.isRewritten = links.parent?.isRewritten ?? links.previous?.isRewritten ?? false
  }
}
