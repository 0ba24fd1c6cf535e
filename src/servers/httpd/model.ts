import { applyText } from "../apply-text.ts"
import { overlay } from "../files/overlay.ts"
import type { FileTree, Reader } from "../files/tree.ts"
import { walk } from "../files/walk.ts"
import type { Judgement, Refused } from "../judgement.ts"
import type { Patch } from "../patch.ts"
import type { Candidate, Model } from "../remedies.ts"
import type { ServerRequest } from "../request.ts"
import type { World } from "./access/world.ts"
import { type HttpdConfiguration, readConfiguration } from "./configuration.ts"
import { type HttpdJudgement, judgeFully, type Surroundings } from "./judge.ts"
import type { Texts } from "./language/texts.ts"
import { candidatesFor } from "./mending/candidates.ts"

/** httpd with its configuration and its files, as it is or as it would be with patches applied. */
export class HttpdModel implements Model<World> {
  readonly surroundings: Surroundings

  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings
  }

  judge(request: ServerRequest): Judgement<World> {
    return this.follow(request).judgement
  }

  /** The judgement with the way that led to it. */
  follow(request: ServerRequest): HttpdJudgement {
    return judgeFully(this.surroundings, request)
  }

  patched(patches: readonly Patch[]): HttpdModel | undefined {
    const { configuration } = this.surroundings
    const tree = overlay(this.surroundings.tree, patches)
    const texts = patchedTexts(configuration.input.texts, patches, this.surroundings.tree)
    if (tree === undefined || texts === undefined) return undefined
    const isText = patches.some((it) => it.kind === "text")
    const after = isText ? readConfiguration({ ...configuration.input, texts }) : configuration
    // A line httpd does not start with mends nothing.
    return faultsIn(after) > faultsIn(configuration)
      ? undefined
      : new HttpdModel({ ...this.surroundings, tree, configuration: after })
  }

  candidates(request: ServerRequest, refused: Refused<World>): readonly Candidate[] {
    return candidatesFor(this.follow(request), refused)
  }
}

const faultsIn = ({ faults }: HttpdConfiguration): number => faults.filter((it) => it.severity === "error").length

/** What lies where does not depend on who looks. */
const ANYONE: Reader = { user: 0, group: 0, groups: [], isRoot: true }

/** Texts with patches applied; undefined where one does not fit. One `.htaccess` may be read by many paths that links make. */
function patchedTexts(texts: Texts, patches: readonly Patch[], tree: FileTree): Texts | undefined {
  const real = (path: string): string => {
    const walked = walk(tree, ANYONE, path, "exists")
    return walked.kind === "reached" ? walked.path : path
  }
  const changed = new Map<string, string>()
  for (const patch of patches) {
    if (patch.kind !== "text") continue
    const file = real(patch.file)
    const text = changed.get(file) ?? texts.read(patch.file)
    const after = text === undefined ? undefined : applyText(text, patch)
    if (after === undefined) return undefined
    changed.set(file, after)
  }
  if (changed.size === 0) return texts
  return { read: (path) => changed.get(real(path)) ?? texts.read(path), names: (path) => texts.names(path) }
}
