import { z } from "zod"
import type { GatewayPlan } from "../config/gateway-plan.ts"
import { lineOf } from "../decision/source.ts"
import { type KeyChange, KeyFault, type KeyStore } from "../ports/keys.ts"
import { keyChange, newKey, plainLimits } from "./key-body.ts"
import { keyFacts } from "./key-facts.ts"
import { unknownGroup } from "./known-group.ts"
import { jsonOf, problemAnswer } from "./problem-answer.ts"

/** `POST /keys`: the secret is in this answer and nowhere else. */
export async function createKeyAnswer(request: Request, plan: GatewayPlan, keys: KeyStore): Promise<Response> {
  const read = newKey.safeParse(await jsonOf(request))
  if (!read.success) return problemAnswer(400, "The key does not parse", z.prettifyError(read.error))
  const { models, limits, budget, ...key } = read.data
  return (
    writtenAnswer(key.name, plan) ??
    groupAnswer(key, plan) ??
    changed(() => {
      const { key: made, secret } = keys.create({ ...key, limits: plainLimits({ models, limits, budget }) })
      return { key: keyFacts(made), secret }
    }, 201)
  )
}

/** `PATCH /keys/{name}`: replaces what is told, and takes away what is null. */
export async function amendAnswer(
  request: Request,
  name: string,
  plan: GatewayPlan,
  keys: KeyStore,
): Promise<Response> {
  const read = keyChange.safeParse(await jsonOf(request))
  if (!read.success) return problemAnswer(400, "The change does not parse", z.prettifyError(read.error))
  const { models, limits, budget, ...rest } = read.data
  const change: KeyChange = { ...rest, limits: plainLimits({ models, limits, budget }) }
  return (
    missingAnswer(name, plan, keys) ?? groupAnswer(change, plan) ?? changed(() => keyFacts(keys.amend(name, change)))
  )
}

function groupAnswer(change: KeyChange, { groups }: GatewayPlan): Response | undefined {
  const fault = unknownGroup(change, groups)
  return fault === undefined ? undefined : problemAnswer(409, "The key would belong nowhere", fault)
}

/** `DELETE /keys/{name}` */
export const revokeAnswer = (name: string, plan: GatewayPlan, keys: KeyStore): Response =>
  missingAnswer(name, plan, keys) ?? changed(() => keyFacts(keys.revoke(name)))

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
