import { createMeter } from "./shared-meter.ts"

declare const self: Worker

export interface Hammering {
  readonly buffer: SharedArrayBuffer
  /** Taken one after the other, over and over. */
  readonly partitions: readonly string[]
  readonly takes: number
  readonly limit: number
  readonly now: number
  /** Of so many takes, one is given back. */
  readonly releaseEvery: number
  /** Taken at a time. */
  readonly units: number
  /** What so many taken units turn out to be; counted beyond the limit. */
  readonly actual: number
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
    const reading = meter.take(partition, data.limit, WINDOW_MS, data.now, data.units)
    if (reading === undefined || reading.used > data.limit) continue
    if (++taken % data.releaseEvery === 0) meter.release(partition, WINDOW_MS, data.now, data.units)
    else {
      if (data.actual !== data.units) meter.settle(partition, WINDOW_MS, data.now, data.actual - data.units)
      kept[which] = (kept[which] ?? 0) + data.actual
    }
  }
  self.postMessage(kept)
}
