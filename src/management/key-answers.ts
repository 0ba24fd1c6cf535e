import { z } from "zod"
import type { GatewayPlan } from "../config/gateway-plan.ts"
import { lineOf } from "../decision/source.ts"
import { KeyFault, type KeyStore } from "../ports/keys.ts"
import { jsonOf, problemAnswer } from "./problem-answer.ts"

const newKey = z.strictObject({
  name: z.string(),
  scopes: z.array(z.string()).default([]),
  /** Milliseconds since the epoch. */
  expiresAt: z.int().exactOptional(),
})

/** `POST /keys`: the secret is in this answer and nowhere else. */
export async function createKeyAnswer(request: Request, plan: GatewayPlan, keys: KeyStore): Promise<Response> {
  const read = newKey.safeParse(await jsonOf(request))
  if (!read.success) return problemAnswer(400, "The key does not parse", z.prettifyError(read.error))
  return writtenAnswer(read.data.name, plan) ?? changed(() => keys.create(read.data), 201)
}

const newScopes = z.strictObject({ scopes: z.array(z.string()) })

/** `PATCH /keys/{name}`: replaces the scopes. */
export async function rescopeAnswer(
  request: Request,
  name: string,
  plan: GatewayPlan,
  keys: KeyStore,
): Promise<Response> {
  const read = newScopes.safeParse(await jsonOf(request))
  if (!read.success) return problemAnswer(400, "The scopes do not parse", z.prettifyError(read.error))
  return missingAnswer(name, plan, keys) ?? changed(() => keys.rescope(name, read.data.scopes))
}

/** `DELETE /keys/{name}` */
export const revokeAnswer = (name: string, plan: GatewayPlan, keys: KeyStore): Response =>
  missingAnswer(name, plan, keys) ?? changed(() => keys.revoke(name))

function missingAnswer(name: string, plan: GatewayPlan, keys: KeyStore): Response | undefined {
  if (keys.named(name) !== undefined) return undefined
  return (
    writtenAnswer(name, plan) ??
    problemAnswer(404, `There is no key named "${name}"`, "GET /keys lists those there are.")
  )
}

/** Keys of the file are changed in the file. */
function writtenAnswer(name: string, { keys }: GatewayPlan): Response | undefined {
  const written = keys.find((it) => it.key.name === name)
  if (written === undefined) return undefined
  const at = lineOf(written.key.source)
  return problemAnswer(409, `"${name}" is a key of the configuration`, `It is written at ${at}; change it there.`)
}

function changed(change: () => unknown, status = 200): Response {
  try {
    return Response.json(change(), { status, headers: { "cache-control": "no-store" } })
  } catch (error) {
    if (error instanceof KeyFault) return problemAnswer(409, "The key cannot be changed so", error.message)
    throw error
  }
}
