import type { Judgement, Refused } from "./judgement.ts"
import type { Patch, Remedy } from "./patch.ts"
import type { ServerRequest } from "./request.ts"

/** A change that may help, before it was tried. */
export interface Candidate {
  readonly does: string
  readonly patches: readonly Patch[]
  readonly written: readonly string[]
  /**
   * What it does beyond letting in: `takes out` the rule, so that all others decide as if it were not there; `makes up` what
   * is not there, which somebody has yet to write; `lists` the names of all that lies in a directory.
   */
  readonly effect?: "takes out" | "makes up" | "lists"
}

/** A server as it is, or as it would be with patches applied. */
export interface Model<W> {
  judge(request: ServerRequest): Judgement<W>
  /** Undefined where the patches do not fit. */
  patched(patches: readonly Patch[]): Model<W> | undefined
  /** Changes worth trying, by what failed. */
  candidates(request: ServerRequest, refused: Refused<W>): readonly Candidate[]
}

/** Another request to the same server, by a name people know it by. */
export interface NamedRequest {
  readonly name: string
  readonly request: ServerRequest
}

/** Most changes made one after the other for one refusal, and most servers imagined on the way. */
const DEPTH = 4
const MOST_MODELS = 200

/**
 * What would mend a refusal: each tried on the whole server, the request decided again, and every neighbour without and with it.
 * Fewest changes first; then those that let nobody past another rule, those that need nothing new and show nothing but what
 * was asked for, and those that let the fewest others in.
 */
export function remedies<W>(
  model: Model<W>,
  request: ServerRequest,
  neighbours: readonly NamedRequest[],
): readonly Remedy[] {
  const helping = search(model, request)
  const before = neighbours.filter((it) => !isLetIn(model.judge(it.request)))
  const found = helping.map(({ tried, model: after }) => {
    const admitted = before.filter((it) => isLetIn(after.judge(it.request)))
    const remedy: Remedy = {
      does: tried.map((it) => it.does).join(", and "),
      patches: tried.flatMap((it) => it.patches),
      written: tried.flatMap((it) => it.written),
      admits: admitted.map((it) => it.name),
      asked: neighbours.length,
    }
    return { tried, admitted, remedy }
  })
  const without = found.filter(({ tried }) => tried.every((it) => it.effect === "takes out"))
  // Whom the rule alone keeps out. An exception in it that lets in more goes over the head of other rules.
  const kept = without.length === 0 ? undefined : new Set(without.flatMap(({ admitted }) => admitted))
  const past = ({ admitted }: (typeof found)[number]): number => admitted.filter((it) => kept?.has(it) === false).length
  const strain = ({ tried }: (typeof found)[number]): number =>
    tried.some((it) => it.effect === "lists") ? 2 : tried.some((it) => it.effect === "makes up") ? 1 : 0
  return found
    .sort(
      (a, b) =>
        past(a) - past(b) ||
        strain(a) - strain(b) ||
        a.remedy.admits.length - b.remedy.admits.length ||
        replaced(a.remedy) - replaced(b.remedy),
    )
    .map(({ remedy }) => remedy)
}

/** Changed lines: what stood there was meant for more than this request, and neighbours are only a sample of whom. */
const replaced = ({ patches }: Remedy): number =>
  patches.filter((it) => it.kind === "text" && it.remove.trim() !== "").length

interface Step<W> {
  readonly tried: readonly Candidate[]
  readonly model: Model<W>
}

/** Tries all that takes one change, then all that takes two, and stops at the first number that helps. */
function search<W>(model: Model<W>, request: ServerRequest): readonly Step<W>[] {
  let steps: readonly Step<W>[] = [{ tried: [], model }]
  let left = MOST_MODELS
  for (let depth = 0; depth < DEPTH && steps.length > 0; depth++) {
    const next: Step<W>[] = []
    for (const step of steps) {
      const judged = step.model.judge(request)
      if (judged.kind !== "refuses") continue
      for (const candidate of step.model.candidates(request, judged)) {
        const patched = left-- > 0 ? step.model.patched(candidate.patches) : undefined
        if (patched !== undefined) next.push({ tried: [...step.tried, candidate], model: patched })
      }
    }
    const helping = next.filter((it) => isLetIn(it.model.judge(request)))
    if (helping.length > 0) return helping
    steps = next
  }
  return []
}

/** Whether a request comes through. What is unknown did not. */
export function isLetIn<W>(judged: Judgement<W>): boolean {
  return judged.kind === "relays" || (judged.kind === "answers" && judged.status < 400)
}
