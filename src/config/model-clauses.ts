import { mustHaveCause } from "../causes/catalogue.ts"
import { contentBodyTooLarge } from "../causes/content/body-too-large.ts"
import { internalUnreadable } from "../causes/internal/unreadable.ts"
import { modelBodyUnreadable } from "../causes/model/body-unreadable.ts"
import { modelNoTarget } from "../causes/model/no-target.ts"
import { modelNotCarried } from "../causes/model/not-carried.ts"
import { modelNotFound } from "../causes/model/not-found.ts"
import { modelNotNamed } from "../causes/model/not-named.ts"
import { modelOperationNotOffered } from "../causes/model/operation-not-offered.ts"
import { modelRequestInvalid } from "../causes/model/request-invalid.ts"
import { type Check, type Clause, check, following } from "../decision/check.ts"
import { absent, atMost, equals, oneOf, present } from "../decision/relations.ts"
import type { Source } from "../decision/source.ts"
import { providerFaultOf } from "../facts/fault.ts"
import {
  modelBody,
  modelFault,
  modelLength,
  modelLosses,
  modelName,
  modelOperation,
  modelUntargeted,
} from "../facts/model.ts"
import type { World } from "../facts/world.ts"
import type { Endpoint } from "../models/endpoints.ts"
import { PROVIDER_FAULTS } from "../models/provider-fault.ts"
import { entriesFor, servedAs } from "../models/routing/served-as.ts"
import type { ServedModels } from "../models/routing/served-models.ts"

const deny = { deny: internalUnreadable }

const FAULTS_OF_PROVIDER = PROVIDER_FAULTS.map((code) => ({ code, fact: providerFaultOf(code) }))

/** What an address that names its operation can be asked for. */
const GEMINI_OPERATIONS = ["chat", "countTokens", "embeddings", "batchEmbeddings"] as const

/** What a model call meets: a body that can be read, that names a model, which is one of those served for such calls. */
export function modelClauses(
  models: ServedModels,
  endpoint: Endpoint,
  largest: number,
  source: Source,
  limit: Source,
): readonly Clause<World>[] {
  const clause = (cause: Clause<World>["cause"], it: Check<World>): Clause<World> => ({
    stage: "content",
    cause,
    anyOf: [it],
    whenUnknown: deny,
  })
  const { names } = models
  const operation = endpoint.operation
  const offering = operation === undefined ? names : models.offering(operation, endpoint.dialect)
  return [
    clause(contentBodyTooLarge, check(modelLength, atMost, following(largest, limit, "anonymous"))),
    clause(modelBodyUnreadable, check(modelBody, equals, following("a JSON object", source, "anonymous"))),
    ...(operation === undefined
      ? [
          clause(
            modelOperationNotOffered,
            check(modelOperation, oneOf, following(GEMINI_OPERATIONS, source, "anonymous")),
          ),
          ...offeredAt(models, endpoint, source),
        ]
      : []),
    clause(modelNotNamed, check(modelName, present, following(names[0] ?? "a model", source, "anonymous"))),
    clause(modelNotFound, isServed(names, models, source)),
    ...(offering.length === names.length ? [] : [clause(modelOperationNotOffered, isServed(offering, models, source))]),
    clause(modelRequestInvalid, check(modelFault, absent, following(null, source, "anonymous"))),
    clause(modelNotCarried, check(modelLosses, absent, following(null, source, "anonymous"))),
    clause(modelNoTarget, check(modelUntargeted, absent, following(null, source, "anonymous"))),
  ]
}

/** What who looks up one model meets: that it is served, and for something. */
export function lookedUpClauses(models: ServedModels, source: Source): readonly Clause<World>[] {
  const { names, callable } = models
  const clause = (cause: Clause<World>["cause"], it: Check<World>): Clause<World> => ({
    stage: "content",
    cause,
    anyOf: [it],
    whenUnknown: deny,
  })
  return [
    clause(modelNotNamed, check(modelName, present, following(names[0] ?? "a model", source, "anonymous"))),
    clause(modelNotFound, isServed(names, models, source)),
    ...(callable.length === names.length ? [] : [clause(modelOperationNotOffered, isServed(callable, models, source))]),
  ]
}

/** Where the address names the operation: for each, the models that have a target for it. */
function offeredAt(models: ServedModels, { dialect }: Endpoint, source: Source): readonly Clause<World>[] {
  return GEMINI_OPERATIONS.flatMap((operation): readonly Clause<World>[] => {
    const offering = models.offering(operation, dialect)
    if (offering.length === models.names.length) return []
    const others = GEMINI_OPERATIONS.filter((it) => it !== operation)
    const isOther = check(modelOperation, oneOf, following(others, source, "anonymous"))
    return [
      {
        stage: "content",
        cause: modelOperationNotOffered,
        anyOf: [isOther, isServed(offering, models, source)],
        whenUnknown: deny,
      },
    ]
  })
}

/** Names are compared as they are; where a pattern is among them, what else it would take is told apart. */
function isServed(names: readonly string[], models: ServedModels, source: Source): Check<World> {
  if (!names.some((it) => it.endsWith("*"))) return check(modelName, oneOf, following(names, source, "anonymous"))
  const others = models.names.filter((it) => !names.includes(it))
  return check(modelName, servedAs, following(entriesFor(names, others), source, "anonymous"))
}

/** What a forwarded call meets when its provider fails. */
export const providerClauses = (source: Source): readonly Clause<World>[] =>
  FAULTS_OF_PROVIDER.map(({ code, fact }) => ({
    stage: "upstream",
    cause: mustHaveCause(`provider/${code}`),
    anyOf: [check(fact, absent, following(null, source, "operator"))],
    whenUnknown: deny,
  }))
