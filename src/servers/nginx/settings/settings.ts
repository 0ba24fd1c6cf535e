import type { Need } from "../../judgement.ts"
import type { Network } from "../../values/address.ts"
import type { Directive } from "../syntax/directive.ts"
import type { Referers } from "../values/referers.ts"
import type { Template } from "../values/template.ts"
import type { Rule } from "./rules.ts"
import type { Operation } from "./script.ts"

/** What holds in one block, all that is inherited put in: a server, a location, an `if` in one, a `limit_except`. */
export interface Settings {
  /** The block itself. */
  readonly directive: Directive
  /** How the block is named in words: `location ~ \.php$`. */
  readonly label: string
  readonly root: Root | undefined
  readonly index: { readonly names: readonly Template[]; readonly directive: Directive } | undefined
  readonly rules: readonly Rule[]
  readonly satisfiesAny: Directive | undefined
  readonly realm: { readonly text: Template; readonly directive: Directive } | undefined
  readonly userFile: { readonly path: Template; readonly directive: Directive } | undefined
  /** The path asked; empty for `off`. */
  readonly authRequest: { readonly uri: string; readonly directive: Directive } | undefined
  readonly errorPages: readonly ErrorPage[]
  readonly areErrorPagesRecursive: boolean
  readonly autoindex: Directive | undefined
  readonly randomIndex: Directive | undefined
  readonly internal: Directive | undefined
  readonly symlinks: Symlinks | undefined
  readonly davMethods: { readonly methods: readonly string[]; readonly directive: Directive } | undefined
  /** Most bytes of a body; 0 for any number. */
  readonly maxBody: { readonly bytes: number; readonly directive: Directive | undefined }
  readonly realIp: RealIp
  readonly referers: Referers | undefined
  /** `limit_req`, `limit_conn`, and the status they answer with. */
  readonly limits: { readonly requests: readonly Directive[]; readonly connections: readonly Directive[] }
  readonly limitStatus: { readonly requests: number; readonly connections: number }
  /** What may decide and is not modelled, or was not given. */
  readonly unmodelled: readonly Unmodelled[]

  // Not inherited by what is inside:
  readonly script: readonly Operation[]
  readonly tryFiles: TryFiles | undefined
  readonly handler: ContentHandler | undefined
  /** Where it is relayed to, if something decides that it is; an `if` has it from its location, and from no other `if`. */
  readonly upstream: ContentHandler | undefined
  readonly limitExcept:
    | { readonly methods: readonly string[]; readonly settings: Settings; readonly directive: Directive }
    | undefined
}

export interface Unmodelled {
  readonly need: Need
  /** It acts only where addresses and files are looked at, so that a `return` goes before it. */
  readonly isLate: boolean
}

export interface Root {
  readonly path: Template
  /** `root` puts the whole path behind it. `alias` puts what is behind this many characters of it, or nothing of it (`whole`). */
  readonly alias: number | "whole" | undefined
  readonly directive: Directive | undefined
}

export interface ErrorPage {
  readonly status: number
  /** `=404`; 0 for `=` alone, undefined for none. */
  readonly answers: number | undefined
  readonly to: Template
  readonly directive: Directive
}

export interface Symlinks {
  readonly mode: "off" | "on" | "if-not-owner"
  /** Checked only behind this. */
  readonly from: Template | undefined
  readonly directive: Directive
}

export interface RealIp {
  readonly from: readonly Network[]
  /** In lower case. */
  readonly header: string
  readonly isRecursive: boolean
}

export interface TryFiles {
  readonly candidates: readonly { readonly name: Template; readonly isDirectory: boolean }[]
  /** Where none is there. */
  readonly otherwise: { readonly status: number } | { readonly to: Template }
  readonly directive: Directive
}

export interface ContentHandler {
  /** `relays`: another server answers. `empty`: nginx answers 200 by itself. */
  readonly kind: "relays" | "empty"
  readonly directive: Directive
}
