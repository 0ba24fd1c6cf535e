import { factOf } from "../management/replayed.ts"
import type { DecisionRecord, RecordStore } from "../ports/records.ts"

/** What is told of a decision as it is kept. */
export interface Kept extends Pick<DecisionRecord, "id" | "verdict" | "cause" | "status" | "took"> {
  /** Empty for bytes that are no request. */
  readonly method: string
  readonly path: string
}

/** The same records, of which each is told as it is kept. */
export function observed(records: RecordStore, onKept: (kept: Kept) => void): RecordStore {
  return {
    append: (record) => {
      records.append(record)
      onKept(keptOf(record))
    },
    flush: () => records.flush(),
    find: (id) => records.find(id),
    recent: (query) => records.recent(query),
    prune: (before) => records.prune(before),
    get dropped() {
      return records.dropped
    },
  }
}

function keptOf(record: DecisionRecord): Kept {
  const { id, verdict, cause, status, took } = record
  const text = (name: string): string => String(factOf(record, name) ?? "")
  const told = { id, verdict, status, took, method: text("request.method"), path: text("request.path") }
  return cause === undefined ? told : { ...told, cause }
}
