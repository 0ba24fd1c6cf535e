import type { Readings } from "./readings.ts"
import type { Unknown, Value } from "./value.ts"

type Learned = { readonly slot: number } & ({ readonly value: Value | Unknown } | { readonly error: unknown })

/** Waits for facts that must be fetched, all at once. A source that fails leaves its fact unknown. */
export async function fetchFacts<W>(readings: Readings<W>, slots: readonly number[]): Promise<void> {
  const { world, epoch } = readings
  if (world === undefined) return
  const learned = await Promise.all(slots.map((slot) => learn(readings, slot, world)))
  // What was learned of one request must never be written into the next, nor into one that is decided anew.
  if (epoch !== readings.epoch) throw new Error("a frame was reset while a decision waited on it")
  for (const it of learned) {
    if (it === undefined) continue
    if ("error" in it) readings.fail(it.slot, it.error)
    else readings.learn(it.slot, it.value)
  }
}

async function learn<W>(readings: Readings<W>, slot: number, world: W): Promise<Learned | undefined> {
  const fact = readings.track.facts[slot]?.fact
  if (readings.isFilled(slot) || fact?.kind !== "fetched") return undefined
  try {
    return { slot, value: await fact.fetch(world) }
  } catch (error) {
    return { slot, error }
  }
}
