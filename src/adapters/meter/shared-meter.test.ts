import { describe, expect, test } from "bun:test"
import { meterSuite } from "../../ports/meter.suite.ts"
import { type Hammered, type Hammering, WINDOW_MS } from "./hammer.fixture.ts"
import { meterBuffer } from "./meter-buffer.ts"
import { createMeter } from "./shared-meter.ts"

const NOW = 1_800_000_000_000

meterSuite("shared memory", () => createMeter(meterBuffer(1024)))

describe("shared memory among threads", () => {
  test("threads that take from one partition get exactly the limit between them", async () => {
    const [taken] = await hammered({ takes: 50_000, limit: 100_000, partitions: ["a"] }, 4)
    expect(taken).toBe(100_000)
  })

  test("when units are given back meanwhile, none is lost and none is made", async () => {
    const { buffer } = createMeter()
    const partitions = ["a", "b", "c"]
    const kept = await hammered({ buffer, takes: 60_000, limit: 1_000_000, partitions, releaseEvery: 3 }, 4)
    const meter = createMeter(buffer)
    partitions.forEach((it, i) => {
      expect(meter.peek(it, WINDOW_MS, NOW).used).toBe((kept[i] ?? 0) + 1)
    })
  })

  test("units taken by the dozen and put right are counted exactly", async () => {
    const { buffer } = createMeter()
    const partitions = ["a", "b"]
    const job = { buffer, takes: 30_000, limit: 500_000, partitions, releaseEvery: 5, units: 12, actual: 17 }
    const kept = await hammered(job, 4)
    const meter = createMeter(buffer)
    partitions.forEach((it, i) => {
      expect(meter.peek(it, WINDOW_MS, NOW, 0).used).toBe(kept[i] ?? 0)
      expect(kept[i]).toBeGreaterThan(500_000 - 100)
      // Beyond the limit by no more than the errors of the estimates under way, one for each thread.
      expect(kept[i]).toBeLessThanOrEqual(500_000 + 4 * 5)
    })
  })

  test("threads that meet new partitions at the same time make one entry for each", async () => {
    const partitions = Array.from({ length: 2000 }, (_, i) => `partition ${i}`)
    const kept = await hammered({ takes: 20_000, limit: 25, partitions }, 4)
    expect(kept).toEqual(partitions.map(() => 25))
  })
})

describe("a meter full of live partitions", () => {
  const full = () => {
    const meter = createMeter(meterBuffer(32))
    for (let i = 0; i < 32; i++) expect(meter.take(`p${i}`, 5, 1000, NOW + i)?.used).toBe(1)
    return meter
  }

  test("has no answer for one more, and still counts those it holds", () => {
    const meter = full()
    expect(meter.take("another", 5, 1000, NOW)).toBeUndefined()
    expect(meter.peek("another", 1000, NOW)).toEqual({ used: 1, resetsIn: 1000 })
    for (let i = 0; i < 32; i++) expect(meter.take(`p${i}`, 5, 1000, NOW + i)?.used).toBe(2)
  })

  test("takes one in as soon as the first window ends", () => {
    const meter = full()
    expect(meter.take("another", 5, 1000, NOW + 999)).toBeUndefined()
    expect(meter.take("another", 5, 1000, NOW + 1000)?.used).toBe(1)
    expect(meter.take("p1", 5, 1000, NOW + 1000)?.used).toBe(2)
  })

  test("of the default size, it holds half its entries without refusing more than a few", () => {
    const meter = createMeter()
    let refused = 0
    for (let i = 0; i < 32_768; i++) if (meter.take(`customer ${i}`, 5, 1000, NOW) === undefined) refused++
    expect(refused).toBeLessThan(33)
  })
})

describe("the lock of a set", () => {
  test("that a dead thread holds is taken over", () => {
    const meter = createMeter(meterBuffer(32))
    meter.take("a", 5, 1000, NOW)
    // The only set's lock follows the header.
    new Int32Array(meter.buffer)[16] = 1
    expect(meter.take("a", 5, 1000, NOW)?.used).toBe(2)
    expect(meter.take("a", 5, 1000, NOW)?.used).toBe(3)
  })
})

const NEVER = Number.MAX_SAFE_INTEGER

/** Units kept, by partition, over all threads. */
async function hammered(some: Partial<Hammering>, threads: number): Promise<number[]> {
  const buffer = some.buffer ?? createMeter().buffer
  const none = { partitions: [], takes: 0, limit: 0, now: NOW, releaseEvery: NEVER, units: 1, actual: 1 }
  const job: Hammering = { ...none, ...some, buffer }
  const answers = await Promise.all(Array.from({ length: threads }, () => oneHammer(job)))
  return job.partitions.map((_, i) => answers.reduce((sum, it) => sum + (it[i] ?? 0), 0))
}

function oneHammer(job: Hammering): Promise<Hammered> {
  const worker = new Worker(new URL("./hammer.fixture.ts", import.meta.url))
  return new Promise<Hammered>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Hammered>) => resolve(data)
    worker.onerror = (event) => reject(new Error(event.message))
    worker.postMessage(job)
  }).finally(() => worker.terminate())
}
