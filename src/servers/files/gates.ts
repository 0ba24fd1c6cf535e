import type { Cause } from "../../decision/cause.ts"
import { type Clause, check, following } from "../../decision/check.ts"
import { type Fact, readFact } from "../../decision/fact.ts"
import { equals } from "../../decision/relations.ts"
import { fsFileNotReadable } from "../../foreign/fs/file-not-readable.ts"
import { fsParentDirNotSearchable } from "../../foreign/fs/parent-dir-not-searchable.ts"
import { fsProtectedLink } from "../../foreign/fs/protected-link.ts"
import { type IdNames, NUMBERS, showEntry, showReader } from "./entry-text.ts"
import { grants, showDemand } from "./grants.ts"
import type { Reader } from "./tree.ts"
import type { Barred, Failed, Reached, Step } from "./walk.ts"

export interface GateOptions {
  /** Why a step is refused, where the server has a word of its own for it. */
  readonly causeOf?: (step: Step) => Cause
  readonly names?: IdNames
}

/**
 * The rights a walk needed, as clauses in the order they were needed; of one that was barred the last does not hold. What a
 * walk fails of beside rights (`ENOENT` and the like) is no gate.
 */
export function fileGates<W>(
  walked: Reached | Failed,
  reader: Reader,
  options: GateOptions = {},
): readonly Clause<W>[] {
  const { causeOf = causeOfStep, names = NUMBERS } = options
  const facts = new Map<string, Fact<string, W>>()
  const who = showReader(reader, names)
  const gateOf = (step: Step): Clause<W> => {
    const fact = facts.get(step.path) ?? modeOf<W>(step, names)
    facts.set(step.path, fact)
    const cause = causeOf(step)
    const demand = following(showDemand(step.bit, who), step.entry.source, "operator")
    return { stage: "access", cause, anyOf: [check(fact, grants, demand)], whenUnknown: { deny: cause } }
  }
  const held = walked.held.map(gateOf)
  if (walked.kind !== "failed" || walked.error !== "EACCES") return held
  return [...held, walked.bit === "link" ? linkGate(walked, reader, names) : gateOf(walked)]
}

const causeOfStep = ({ bit, entry }: Step): Cause =>
  entry.kind === "directory" && bit === "execute" ? fsParentDirNotSearchable : fsFileNotReadable

/** Named by its path, as one plan holds many. */
const modeOf = <W>({ path, entry }: Step, names: IdNames): Fact<string, W> =>
  readFact({
    name: `file.mode ${path}`,
    since: "access",
    party: "operator",
    shownTo: "operator",
    read: () => showEntry(entry, names),
    source: () => entry.source,
  })

function linkGate<W>({ path, entry }: Barred, reader: Reader, names: IdNames): Clause<W> {
  const owner: Fact<string, W> = readFact({
    name: `link.owner ${path}`,
    since: "access",
    party: "operator",
    shownTo: "operator",
    read: () => names.showUser(entry.user),
    source: () => entry.source,
  })
  const demand = following(names.showUser(reader.user), entry.source, "operator")
  return {
    stage: "access",
    cause: fsProtectedLink,
    anyOf: [check(owner, equals, demand)],
    whenUnknown: { deny: fsProtectedLink },
  }
}
