import type { FileTree, Reader } from "../files/tree.ts"
import type { Patch } from "../patch.ts"
import { inOrder, type PlacedFinding } from "./finding.ts"
import { verified } from "./verified.ts"

/** A configuration and the machine it is for. */
export interface AuditedSite<Configuration> {
  readonly configuration: Configuration
  /** Undefined where there is no file system to look at. */
  readonly tree: FileTree | undefined
  /** The user of the workers. */
  readonly reader: Reader
}

/** Looks for some kinds of faults. */
export type Check<Site, F extends PlacedFinding> = (site: Site) => Iterable<F>

/** A server as it is, or as it would be with patches applied. */
interface Patchable<M> {
  /** Undefined where the patches do not fit. */
  patched(patches: readonly Patch[]): M | undefined
}

/** As many as are worth reading; a list a program wrote may have thousands of the same. */
const MOST_FINDINGS = 1000

/**
 * What the checks find, worst first. Each change was tried on the whole server, which was checked again.
 * `size`: characters of the configuration.
 */
export function findingsOf<M extends Patchable<M>, Site, F extends PlacedFinding>(
  model: M,
  siteOf: (model: M) => Site,
  checks: readonly Check<Site, F>[],
  size: number,
): readonly F[] {
  const again = (patches: readonly Patch[]): readonly F[] | undefined => {
    const patched = model.patched(patches)
    return patched && found(siteOf(patched), checks)
  }
  return inOrder(verified(found(siteOf(model), checks), again, size))
}

function found<Site, F extends PlacedFinding>(site: Site, checks: readonly Check<Site, F>[]): readonly F[] {
  const all: F[] = []
  for (const check of checks)
    for (const finding of check(site)) {
      if (all.length >= MOST_FINDINGS) return all
      all.push(finding)
    }
  return all
}
