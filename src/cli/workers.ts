import type { Plane, PlaneInput } from "./plane.ts"
import type { FromWorker, ToWorker } from "./worker.ts"

/**
 * Data planes in threads of their own, sharing one port: the kernel deals connections out among them. Counters are shared
 * memory, so that limits stay exact.
 */
export async function startWorkers(
  input: PlaneInput,
  count: number,
  onFault: (fault: unknown) => void,
): Promise<Plane> {
  const workers = Array.from({ length: count }, () => new Worker(new URL("./worker.ts", import.meta.url)))
  const listen = (worker: Worker, start: PlaneInput): Promise<number> =>
    new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(event.message))
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.kind === "listening") resolve(data.port)
        else if (data.kind === "fault") onFault(data.message)
      }
      worker.postMessage({ kind: "start", input: start } satisfies ToWorker)
    })
  const [first, ...others] = workers
  if (first === undefined) throw new Error("no worker was asked for")
  // A port of 0 is chosen by the first and then shared.
  const port = await listen(first, input)
  await Promise.all(others.map((worker) => listen(worker, { ...input, port })))
  return {
    port,
    swap: (text) => {
      for (const worker of workers) worker.postMessage({ kind: "swap", text } satisfies ToWorker)
    },
    stop: async (graceMs) => {
      await Promise.all(workers.map((worker) => ended(worker, graceMs)))
    },
  }
}

function ended(worker: Worker, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind !== "stopped") return
      worker.terminate()
      resolve()
    }
    worker.postMessage({ kind: "stop", graceMs } satisfies ToWorker)
  })
}
