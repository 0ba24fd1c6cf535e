import type { DecisionRecord, RecordQuery } from "../../ports/records.ts"
import type { BlockReader } from "./block-reader.ts"

/**
 * The newest records that answer the query, newest first.
 *
 * Workers write at the same time, so blocks overlap; but they come by their newest record, so that once enough are held that
 * are newer than a block's newest, no further block can matter.
 */
export function newestRecords(
  query: RecordQuery,
  pending: readonly BlockReader[],
  blocks: Iterable<{ readonly lastId: string; readonly reader: BlockReader }>,
): readonly DecisionRecord[] {
  if (query.limit < 1) return []
  let held: DecisionRecord[] = []
  for (const reader of pending) held = merged(held, reader, query)
  for (const { lastId, reader } of blocks) {
    const oldest = held[query.limit - 1]
    if (oldest !== undefined && oldest.id > lastId) break
    held = merged(held, reader, query)
  }
  return held
}

function merged(held: DecisionRecord[], reader: BlockReader, query: RecordQuery): DecisionRecord[] {
  const all = [...held]
  for (const record of reader.records()) {
    if (all.length - held.length === query.limit) break
    if (answers(record, query)) all.push(record)
  }
  return all.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, query.limit)
}

const answers = (record: DecisionRecord, { verdict, cause }: RecordQuery): boolean =>
  (verdict === undefined || record.verdict === verdict) && (cause === undefined || record.cause === cause)
