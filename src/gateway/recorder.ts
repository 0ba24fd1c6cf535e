import type { Denial, Permit } from "../decision/decide.ts"
import { recordOf } from "../decision/record.ts"
import type { Phase } from "../decision/stage.ts"
import type { World } from "../facts/world.ts"
import type { Call } from "./call.ts"
import { chanceOf } from "./chance.ts"
import { modelRecord } from "./models/model-record.ts"
import { diagnoseRefusal } from "./refusal-diagnosis.ts"
import type { RefusalSeen } from "./refusal-seen.ts"

/** Every refusal is kept. */
export function keepDenial(call: Call, { frame, cause }: Denial<World>, phase: Phase, status: number): void {
  const { outside } = call.running
  outside.records.append({ ...common(call, status), verdict: "deny", cause: cause.code, frame: recordOf(frame, phase) })
}

/** Of permits, the share the configuration asks for; and each that the upstream refused, with what can be found out of why. */
export function keepPermit(call: Call, permit: Permit<World>, status: number): void {
  if (call.refusalSeen !== undefined) {
    keepRefused(call, permit, status, call.refusalSeen)
    return
  }
  const share = call.running.plan.settings.records.permits
  if (share === 0 || (share < 1 && chanceOf(call.decision) >= share)) return
  call.running.outside.records.append({
    ...common(call, status),
    verdict: "permit",
    frame: recordOf(permit, "request"),
  })
}

function keepRefused(call: Call, permit: Permit<World>, status: number, seen: RefusalSeen): void {
  const { records, onFault } = call.running.outside
  // Made now: the frame is another request's by the time the diagnosis is there.
  const record = { ...common(call, status), verdict: "permit", frame: recordOf(permit, "request") } as const
  diagnoseRefusal(call, seen)
    .catch(onFault)
    .then((it) => records.append(it === undefined ? record : { ...record, upstreamRefusal: it }))
    .catch(onFault)
}

function common(call: Call, status: number) {
  const upstream = call.upstreamStatus === undefined ? {} : { upstreamStatus: call.upstreamStatus }
  const name = call.keyName
  const key = name === undefined ? {} : { key: name }
  const took = call.running.outside.clock() - call.now
  const model = call.model === undefined ? {} : { model: modelRecord(call.model) }
  return { id: call.decision, at: call.now, status, requestId: call.requestId, took, ...upstream, ...model, ...key }
}
