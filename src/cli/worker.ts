import { type Plane, type PlaneInput, startPlane } from "./plane.ts"

/** What a worker is told. */
export type ToWorker =
  | { readonly kind: "start"; readonly input: PlaneInput }
  | { readonly kind: "swap"; readonly text: string }
  | { readonly kind: "stop"; readonly graceMs: number }

/** What a worker tells. */
export type FromWorker =
  | { readonly kind: "listening"; readonly port: number }
  | { readonly kind: "fault"; readonly message: string }
  | { readonly kind: "stopped" }

declare const self: Worker

let plane: Plane | undefined

const tell = (message: FromWorker): void => self.postMessage(message)
const faulted = (fault: unknown): void =>
  tell({ kind: "fault", message: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) })

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case "start":
      plane = startPlane(data.input, faulted)
      tell({ kind: "listening", port: plane.port })
      break
    case "swap":
      plane?.swap(data.text)
      break
    case "stop":
      await plane?.stop(data.graceMs)
      tell({ kind: "stopped" })
      break
  }
}
