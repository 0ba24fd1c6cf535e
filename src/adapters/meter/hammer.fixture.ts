import { createMeter } from "./shared-meter.ts"

declare const self: Worker

export interface Hammering {
  readonly buffer: SharedArrayBuffer
  /** Taken one after the other, over and over. */
  readonly partitions: readonly string[]
  readonly takes: number
  readonly limit: number
  readonly now: number
  /** Of so many units that were taken, one is given back. */
  readonly releaseEvery: number
}

export const WINDOW_MS = 60_000

/** Units kept, by partition. */
export type Hammered = readonly number[]

self.onmessage = ({ data }: MessageEvent<Hammering>) => {
  const meter = createMeter(data.buffer)
  const kept = data.partitions.map(() => 0)
  let taken = 0
  for (let i = 0; i < data.takes; i++) {
    const which = i % data.partitions.length
    const partition = data.partitions[which] ?? ""
    const reading = meter.take(partition, data.limit, WINDOW_MS, data.now)
    if (reading === undefined || reading.used > data.limit) continue
    if (++taken % data.releaseEvery === 0) meter.release(partition, WINDOW_MS, data.now)
    else kept[which] = (kept[which] ?? 0) + 1
  }
  self.postMessage(kept)
}
