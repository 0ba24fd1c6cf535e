import { applyText } from "../apply-text.ts"
import { overlay } from "../files/overlay.ts"
import type { Judgement } from "../judgement.ts"
import type { Patch } from "../patch.ts"
import type { Candidate, Model } from "../remedies.ts"
import type { ServerRequest } from "../request.ts"
import type { World } from "./access/world.ts"
import { type Configuration, readConfiguration } from "./configuration.ts"
import { type Judged, judgeFully, type Surroundings } from "./judge.ts"
import type { Texts } from "./language/texts.ts"
import { candidatesFor } from "./mending/candidates.ts"

type Refused = Extract<Judgement<World>, { kind: "refuses" }>

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
  follow(request: ServerRequest): Judged {
    return judgeFully(this.surroundings, request)
  }

  patched(patches: readonly Patch[]): HttpdModel | undefined {
    const { configuration } = this.surroundings
    const tree = overlay(this.surroundings.tree, patches)
    const texts = patchedTexts(configuration.input.texts, patches)
    if (tree === undefined || texts === undefined) return undefined
    const isText = patches.some((it) => it.kind === "text")
    const after = isText ? readConfiguration({ ...configuration.input, texts }) : configuration
    // A line httpd does not start with mends nothing.
    return faultsIn(after) > faultsIn(configuration)
      ? undefined
      : new HttpdModel({ ...this.surroundings, tree, configuration: after })
  }

  candidates(request: ServerRequest, refused: Refused): readonly Candidate[] {
    return candidatesFor(this.follow(request), refused)
  }
}

const faultsIn = ({ faults }: Configuration): number => faults.filter((it) => it.severity === "error").length

/** Texts with patches applied; undefined where one does not fit. */
function patchedTexts(texts: Texts, patches: readonly Patch[]): Texts | undefined {
  const changed = new Map<string, string>()
  for (const patch of patches) {
    if (patch.kind !== "text") continue
    const text = changed.get(patch.file) ?? texts.read(patch.file)
    const after = text === undefined ? undefined : applyText(text, patch)
    if (after === undefined) return undefined
    changed.set(patch.file, after)
  }
  if (changed.size === 0) return texts
  return { read: (path) => changed.get(path) ?? texts.read(path), names: (path) => texts.names(path) }
}
