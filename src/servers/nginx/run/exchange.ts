import type { Source } from "../../../decision/source.ts"
import type { IdNames } from "../../files/entry-text.ts"
import type { FileTree, Reader } from "../../files/tree.ts"
import type { ServerRequest } from "../../request.ts"
import { type Address, readAddress } from "../../values/address.ts"
import type { Pattern } from "../../values/pattern.ts"
import type { NginxConfiguration } from "../configuration.ts"
import type { Branch } from "../settings/script.ts"
import type { Server } from "../settings/server.ts"
import type { ContentHandler, Settings } from "../settings/settings.ts"
import type { Directive } from "../syntax/directive.ts"
import type { Matcher } from "../values/map.ts"
import { tryPattern } from "../values/matching.ts"
import { fill, type Template, type Values } from "../values/template.ts"
import { Unknowable } from "../values/unknowable.ts"
import type { ReadUri } from "../values/uri.ts"
import { builtIn, isRemembered } from "./built-in.ts"
import { toldAddress } from "./client-address.ts"
import { type Credentials, credentialsIn } from "./credentials.ts"
import { Headers } from "./headers.ts"
import type { Refusal } from "./stop.ts"

/** What a server can see of the machine it runs on. */
export interface NginxMachine {
  readonly files: FileTree
  /** The user of the worker processes. */
  readonly reader: Reader
  /** Names of users and groups, for people. */
  readonly names?: IdNames
  /** What stands in password files, by path, where that was given. */
  readonly contents?: ReadonlyMap<string, string>
}

/** Variables made of variables. */
const DEEPEST = 100

/** A value somebody set, and where. */
interface Kept {
  readonly value: string
  readonly at: Source | undefined
  readonly within: Branch | undefined
}

/** One request on its way through the server, as `ngx_http_request_t` holds it. The world of every fact. */
export class Exchange implements Values, Matcher {
  readonly configuration: NginxConfiguration
  readonly machine: NginxMachine
  readonly request: ServerRequest
  readonly server: Server
  readonly headers: Headers
  readonly uri: ReadUri
  method: string
  path: string
  args: string
  settings: Settings
  handler: ContentHandler | undefined
  /** The address the server takes for the client's, and whether it was told by a header. */
  clientText: string
  client: Address | undefined
  isClientTold = false
  /** It was redirected inside the server. */
  isInternal = false
  /** The request a sub-request is made for. */
  main: Exchange | undefined
  isUriChanged = false
  isLocationValid = true
  addsPathToAlias = false
  /** Rewrites and redirects that may still happen (`NGX_HTTP_MAX_URI_CHANGES`). */
  changesLeft = 11
  isOnErrorPage = false
  isBodyDiscarded = false
  /** The status an error page is sent with; 0 for its own. */
  errorStatus = 0
  /** What was looked at, told with the answer. */
  readonly held: string[] = []
  /** What the gate at hand is about, for facts that depend on more than the request. */
  seen: Seen = {}
  /** Where it was when it was refused first. */
  refused: { readonly settings: Settings; readonly path: string } | undefined
  /** Why the request `auth_request` made was refused. */
  asked: Refusal | undefined
  #depth = 0
  #captures: readonly string[] = []
  #kept = new Map<string, Kept>()
  #credentials: Credentials | undefined | null = null

  constructor(
    configuration: NginxConfiguration,
    machine: NginxMachine,
    request: ServerRequest,
    server: Server,
    uri: ReadUri,
  ) {
    this.configuration = configuration
    this.machine = machine
    this.request = request
    this.server = server
    this.uri = uri
    this.headers = new Headers(request.headers)
    this.method = request.method
    this.path = uri.path
    this.args = uri.args
    this.settings = server.settings
    this.clientText = request.client
    this.client = readAddress(request.client)
  }

  /** The request a server makes to itself while it handles this one; both have the same headers and variables (`ngx_http_subrequest`). */
  subrequest(path: string): Exchange {
    const made = new Exchange(this.configuration, this.machine, this.request, this.server, this.uri)
    made.method = "GET"
    made.path = path
    made.args = ""
    made.isInternal = true
    made.main = this
    made.clientText = this.clientText
    made.client = this.client
    made.isClientTold = this.isClientTold
    made.isBodyDiscarded = this.isBodyDiscarded
    made.#kept = this.#kept
    return made
  }

  /** Asks trusted peers who the client is, once. */
  learnClient(): void {
    const { realIp } = this.settings
    if (this.isClientTold || realIp.from.length === 0) return
    if (realIp.header === "proxy_protocol")
      throw new Unknowable({ what: "the address in the PROXY protocol", why: "it is taken for the client's" })
    const told = toldAddress(this.clientText, realIp, this.headers)
    if (told === undefined) return
    this.#takeClient(told)
    // The address is the connection's, which both have.
    if (this.main !== undefined) this.main.#takeClient(told)
  }

  #takeClient(told: string): void {
    this.isClientTold = true
    this.clientText = told
    this.client = readAddress(told)
  }

  get credentials(): Credentials | undefined {
    if (this.#credentials === null) this.#credentials = credentialsIn(this.headers.first("authorization"))
    return this.#credentials
  }

  fill(template: Template): string {
    return fill(template, this)
  }

  variable(name: string): string {
    const kept = this.#kept.get(name)
    if (kept !== undefined) return kept.value
    // nginx gives up at as many (`ngx_http_variable_depth`), as one may be made of itself.
    if (this.#depth >= DEEPEST) throw new Unknowable({ what: `the value of $${name}`, why: "it is made of itself" })
    this.#depth++
    const found = this.#evaluated(name)
    this.#depth--
    if (found.isKept) this.#kept.set(name, { ...found, within: undefined })
    return found.value
  }

  /** Where the value of a variable was written, where that is known. */
  sourceOf(name: string): Source | undefined {
    return this.#kept.get(name)?.at
  }

  /** The `if` in which a variable was set. */
  branchOf(name: string): Branch | undefined {
    return this.#kept.get(name)?.within
  }

  set(name: string, value: string, directive: Directive, within: Branch | undefined): void {
    if (name === "args") this.args = value
    else this.#kept.set(name, { value, at: directive.at, within })
  }

  capture(number: number): string {
    return this.#captures[number] ?? ""
  }

  forgetCaptures(): void {
    this.#captures = []
  }

  matches(pattern: Pattern, text: string): boolean {
    const matched = tryPattern(pattern, text)
    if (matched === undefined) return false
    this.#captures = matched
    if (pattern.names.size > 0)
      for (const [name, number] of pattern.names)
        this.#kept.set(name.toLowerCase(), {
          value: matched[number] ?? "",
          at: this.settings.directive.at,
          within: undefined,
        })
    return true
  }

  /** Path of the file a request's path stands for; undefined where nginx gives up with 500. */
  filename(): string | undefined {
    const { root } = this.settings
    const alias = root?.alias
    if (root === undefined || (alias !== undefined && !this.isLocationValid)) return undefined
    const base = this.fill(root.path)
    if (alias === undefined) return base + this.path
    if (alias === "whole") return this.addsPathToAlias ? base + this.path : base
    return base + this.path.slice(alias)
  }

  #evaluated(name: string): Evaluated {
    const made = this.configuration.variables.get(name)
    if (made === undefined) {
      const value = builtIn(name, this)
      if (value !== undefined) return { value, at: undefined, isKept: isRemembered(name) }
      // A variable of a pattern that did not match, or of a `set` that was not reached, is empty.
      if (this.configuration.setNames.has(name)) return { value: "", at: undefined, isKept: false }
      throw new Unknowable({ what: `the value of $${name}`, why: "a condition depends on it" })
    }
    switch (made.kind) {
      case "map":
        return { ...made.map.evaluate(this), isKept: !made.isVolatile }
      case "geo": {
        const { unread } = made.geo
        if (unread !== undefined) throw new Unknowable({ ...unread, why: "this part of `geo` is not modelled" })
        return { ...made.geo.evaluate(this.clientText, this), isKept: true }
      }
      case "unmodelled":
        throw new Unknowable({
          what: `the value of $${name}`,
          why: `\`${made.directive.name}\` is not modelled`,
          at: made.directive.at,
        })
    }
  }
}

interface Evaluated {
  readonly value: string
  readonly at: Source | undefined
  /** It is worked out once for a request. */
  readonly isKept: boolean
}

/** What gates look at beside the request, set by who asks for the decision. */
export interface Seen {
  readonly kind?: string
  readonly names?: readonly string[]
  readonly isTrue?: boolean
  readonly at?: Source
}
