import { z } from "zod"
import type { GatewayPlan } from "../config/gateway-plan.ts"
import { METHOD } from "../facts/methods.ts"
import { keysOf } from "../gateway/keys.ts"
import type { KeyStore } from "../ports/keys.ts"
import { jsonOf, problemAnswer } from "./problem-answer.ts"
import { answer } from "./simulation.ts"

const question = z.strictObject({
  method: METHOD.exactOptional(),
  path: z.string().startsWith("/").exactOptional(),
  host: z.string().exactOptional(),
  address: z.union([z.ipv4(), z.ipv6()]).exactOptional(),
  length: z.int().min(0).exactOptional(),
  model: z.string().exactOptional(),
  /** A name, or null for a request without a key. */
  key: z.string().nullable().exactOptional(),
})

/** `POST /simulate`: would this pass, by the plan in force? */
export async function simulationAnswer(request: Request, inForce: GatewayPlan, keys: KeyStore): Promise<Response> {
  const read = question.safeParse(await jsonOf(request))
  if (!read.success) return problemAnswer(400, "The question does not parse", z.prettifyError(read.error))
  const { key, ...rest } = read.data
  if (key === undefined) return Response.json(answer(inForce.plan, rest, inForce.groups))
  if (key === null) return Response.json(answer(inForce.plan, { ...rest, key }, inForce.groups))
  const found = keysOf(inForce.keys, keys).named(key)
  if (found === undefined)
    return problemAnswer(404, `There is no key named "${key}"`, "GET /keys lists those there are.")
  return Response.json(answer(inForce.plan, { ...rest, key: found }, inForce.groups))
}
