import { codeOf } from "./listening.ts"
import type { Kept } from "./observed-records.ts"
import { type Plane, type PlaneInput, startPlane } from "./plane.ts"

/** What a worker is told. */
export type ToWorker =
  | { readonly kind: "start"; readonly input: PlaneInput }
  | { readonly kind: "swap"; readonly text: string }
  | { readonly kind: "stop"; readonly graceMs: number }

/** What a worker tells. `done` and `failed` answer what it was told, in order. */
export type FromWorker =
  | { readonly kind: "done"; readonly port: number }
  | { readonly kind: "failed"; readonly message: string; readonly code: string }
  | { readonly kind: "fault"; readonly message: string }
  | { readonly kind: "kept"; readonly kept: Kept }

declare const self: Worker

let plane: Plane | undefined

const tell = (message: FromWorker): void => self.postMessage(message)
const messageOf = (fault: unknown): string => (fault instanceof Error ? (fault.stack ?? fault.message) : String(fault))

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
  try {
    await obey(data)
    tell({ kind: "done", port: plane?.port ?? 0 })
  } catch (error) {
    tell({ kind: "failed", message: messageOf(error), code: codeOf(error) })
  }
}

async function obey(told: ToWorker): Promise<void> {
  switch (told.kind) {
    case "start":
      plane = startPlane(told.input, {
        onFault: (fault) => tell({ kind: "fault", message: messageOf(fault) }),
        onKept: (kept) => tell({ kind: "kept", kept }),
      })
      break
    case "swap":
      await plane?.swap(told.text)
      break
    case "stop":
      await plane?.stop(told.graceMs)
      break
  }
}
