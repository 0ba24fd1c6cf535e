import type { Plane, PlaneEvents, PlaneInput } from "./plane.ts"
import { WorkerHandle } from "./worker-handle.ts"

/**
 * Data planes in threads of their own, sharing one port: the kernel deals connections out among them. Counters are shared
 * memory, so that limits stay exact. `onEnd`: a thread died, and its share of the connections is not served.
 */
export async function startWorkers(
  input: PlaneInput,
  count: number,
  events: PlaneEvents,
  onEnd: () => void,
): Promise<Plane> {
  const first = new WorkerHandle(1, events, onEnd)
  // A port of 0 is chosen by the first and then shared.
  const port = await first.ask({ kind: "start", input })
  const others = Array.from({ length: count - 1 }, (_, i) => new WorkerHandle(i + 2, events, onEnd))
  await Promise.all(others.map((it) => it.ask({ kind: "start", input: { ...input, port } })))
  const workers = [first, ...others]
  return {
    port,
    swap: async (text) => {
      await Promise.all(workers.map((it) => it.ask({ kind: "swap", text })))
    },
    stop: async (graceMs) => {
      await Promise.all(workers.map((it) => it.stop(graceMs)))
    },
  }
}
