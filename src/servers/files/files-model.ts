import type { Clause } from "../../decision/check.ts"
import { Gates } from "../gates.ts"
import type { Judgement, Need } from "../judgement.ts"
import type { Patch } from "../patch.ts"
import type { Candidate, Model } from "../remedies.ts"
import type { ServerRequest } from "../request.ts"
import { fileCandidates } from "./candidates.ts"
import { type IdNames, NUMBERS } from "./entry-text.ts"
import { fileGates } from "./gates.ts"
import { overlay } from "./overlay.ts"
import type { FileTree, Reader } from "./tree.ts"
import { type Missing, type Want, walk } from "./walk.ts"

export interface FilesOptions {
  readonly tree: FileTree
  readonly reader: Reader
  readonly names?: IdNames
  /** What a server would open for a request; a document root with the path behind it, in the plainest case. */
  readonly pathOf: (request: ServerRequest) => { readonly path: string; readonly want: Want }
}

/** The file system alone as a server: everything it may read is answered, and there are no other rules. */
export class FilesModel implements Model<object> {
  readonly #options: FilesOptions
  readonly #names: IdNames
  readonly #gates = new Gates<object>()

  constructor(options: FilesOptions) {
    this.#options = options
    this.#names = options.names ?? NUMBERS
  }

  judge(request: ServerRequest): Judgement<object> {
    const { reader } = this.#options
    const walked = this.#walk(request)
    if (walked.kind === "unsure") {
      const [first, ...others] = walked.missing
      return { kind: "unknown", needs: [this.#needOf(first), ...others.map((it) => this.#needOf(it))] }
    }
    const gates: readonly Clause<object>[] = fileGates(walked, reader, { names: this.#names })
    const verdict = this.#gates.decide(gates, request)
    if (verdict.kind === "deny") return { kind: "refuses", status: 403, denial: verdict, isLogged: true }
    const at = walked.kind === "reached" ? walked.entry.source : undefined
    return walked.kind === "reached"
      ? { kind: "answers", status: 200, by: "file", at }
      : { kind: "answers", status: 404, by: "error-page", at }
  }

  patched(patches: readonly Patch[]): FilesModel | undefined {
    const tree = overlay(this.#options.tree, patches)
    return tree === undefined ? undefined : new FilesModel({ ...this.#options, tree })
  }

  candidates(request: ServerRequest): readonly Candidate[] {
    const walked = this.#walk(request)
    if (walked.kind !== "failed" || walked.error !== "EACCES") return []
    return fileCandidates(walked, this.#options.reader, this.#names)
  }

  #walk(request: ServerRequest) {
    const { path, want } = this.#options.pathOf(request)
    return walk(this.#options.tree, this.#options.reader, path, want)
  }

  #needOf(missing: Missing): Need {
    return needOf(missing, this.#names.showUser(this.#options.reader.user))
  }
}

/** A fact that a walk lacked, as a person is asked for it. */
export function needOf({ path, lacks }: Missing, reader: string): Need {
  switch (lacks) {
    case "entry":
      return { what: `owner, group and mode of ${path}`, why: "it lies on the way and was not shown" }
    case "user":
      return { what: `the owner of ${path}, by number`, why: `its mode grants its owner other rights than others` }
    case "group":
      return { what: `the group of ${path}`, why: "its mode grants the group other rights than others" }
    case "acl":
      return { what: `the access control list of ${path}`, why: "it has one, which decides for those it names" }
    case "target":
      return { what: `where ${path} points to`, why: "it is a link" }
    case "groups of the reader":
      return { what: `the groups of ${reader}`, why: `the mode of ${path} grants its group other rights than others` }
    case "protected links":
      return { what: "fs.protected_symlinks of the host", why: `${path} is a link in a directory open to all` }
  }
}
