import type { RecordStore } from "../ports/records.ts"

/** Milliseconds between looks, and how many. */
const LOOK_AGAIN = 40
const LOOKS = 5

/** Waits a moment for a decision that is not written yet: each thread writes its records a little later, and whoever was just refused asks at once. */
export async function awaitDecision(records: RecordStore, id: string): Promise<void> {
  for (let look = 1; look < LOOKS && records.find(id) === undefined; look++) await Bun.sleep(LOOK_AGAIN)
}
