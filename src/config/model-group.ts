import { readFileSync } from "node:fs"
import { dirname, resolve } from "node:path"
import type { Clause } from "../decision/check.ts"
import { DEFAULT_PLACES } from "../facts/identity.ts"
import type { World } from "../facts/world.ts"
import { answerGuards } from "../guardrails/answer-guards.ts"
import { guardrailClauses } from "../guardrails/clauses.ts"
import { type PreparedGuardrail, prepareGuardrails } from "../guardrails/prepared.ts"
import { ENDPOINTS, type Endpoint } from "../models/endpoints.ts"
import type { ServedModels } from "../models/routing/served-models.ts"
import { keyAuth } from "../policies/key-auth/key-auth.ts"
import {
  type ModelLimitOptions,
  modelAccessClauses,
  modelLimitClauses,
  modelMemberClauses,
} from "../policies/model-limits/model-limits.ts"
import { bind } from "../policies/policy.ts"
import type { Document } from "../text/document.ts"
import type { ConfigFault } from "../text/fault.ts"
import { groupsOf, limitsOf } from "./groups.ts"
import { guardrailSettings } from "./guardrails-schema.ts"
import { lookedUpClauses, modelClauses, providerClauses } from "./model-clauses.ts"
import { fixed } from "./pattern.ts"
import type { PlacedPolicy } from "./policy-clauses.ts"
import { unpriced } from "./price-lint.ts"
import { promptGroups, promptsWithoutModels } from "./prompt-group.ts"
import type { RouteGroup } from "./route-groups.ts"
import type { Settings } from "./schema.ts"
import { servedModels } from "./served-models.ts"

/** Models ask for a key even where no policy does: an open door to a provider is somebody's bill. */
export function modelGroups(
  settings: Settings,
  document: Document,
  everywhere: readonly PlacedPolicy[],
  faults: ConfigFault[],
): readonly RouteGroup[] {
  if (Object.keys(settings.models).length === 0) {
    faults.push(...promptsWithoutModels(settings, document))
    return []
  }
  const models = servedModels(settings, document, faults)
  faults.push(...unpriced(settings, models, document))
  const source = document.sourceAt(["models"])
  const limit = document.sourceAt(["limits", "model-body"])
  const prepared = prepareGuardrails(guardrailSettings(settings.guardrails))
  const guards = answerGuards(prepared)
  const guardrails = guardrailPolicy(prepared, document)
  const limits = limitPolicy("model-limits", modelLimitClauses, settings, document, models)
  const members = limitPolicy("model-members", modelMemberClauses, settings, document, models)
  const access = limitPolicy("model-access", modelAccessClauses, settings, document, models)
  const entry = { host: undefined, source }
  const asked = ENDPOINTS.map(
    (endpoint): RouteGroup => ({
      source,
      policies: [...asking(everywhere, endpoint.dialect), limits, guardrails],
      routes: [{ ...entry, id: endpoint.id, pattern: fixed(endpoint.path), methods: ["POST"] }],
      extra: [
        ...modelClauses(models, endpoint, settings.limits["model-body"], source, limit),
        ...providerClauses(source),
      ],
      destination: () => ({ kind: "model", endpoint, models, guards }),
    }),
  )
  const listed = LISTS.map(
    ({ id, path, dialect, below }): RouteGroup => ({
      source,
      policies: [...asking(everywhere, dialect), below === undefined ? members : access],
      routes: [{ ...entry, id, pattern: fixed(path), methods: ["GET", "HEAD"] }],
      extra: below === undefined ? [] : lookedUpClauses(models, source),
      destination: () => ({ kind: "models", dialect, models, below }),
    }),
  )
  const prompts = promptGroups(
    settings,
    document,
    {
      models,
      guards,
      policies: [...asking(everywhere, "openai-chat"), limits, guardrails],
      listing: asking(everywhere, "openai-chat"),
      clauses: (endpoint) => [
        ...modelClauses(models, endpoint, settings.limits["model-body"], source, limit),
        ...providerClauses(source),
      ],
    },
    faults,
  )
  return [...asked, ...listed, ...prompts]
}

/** Where models are listed, all of them or one. */
const LISTS: readonly (Pick<Endpoint, "id" | "path" | "dialect"> & { readonly below?: string })[] = [
  { id: "models.list", path: "/v1/models", dialect: "openai-chat" },
  { id: "models.one", path: "/v1/models/*", dialect: "openai-chat", below: "/v1/models/" },
  { id: "models.gemini-list", path: "/v1beta/models", dialect: "gemini" },
  { id: "models.gemini-one", path: "/v1beta/models/*", dialect: "gemini", below: "/v1beta/models/" },
]

/** Google's SDKs send a key in a field of their own, which is looked at where nobody has said where keys are looked for. */
const GOOGLE = bind(keyAuth, { headers: ["X-Goog-Api-Key", "X-API-Key"], bearer: true })

function asking(everywhere: readonly PlacedPolicy[], dialect: Endpoint["dialect"]): readonly PlacedPolicy[] {
  const usual = dialect === "gemini" ? GOOGLE : bind(keyAuth, {})
  if (!everywhere.some(({ policy }) => policy.name === keyAuth.name))
    return [{ policy: usual, path: ["models"] }, ...everywhere]
  return everywhere.map((it) => (it.policy.places === DEFAULT_PLACES ? { ...it, policy: usual } : it))
}

/** What is looked for in prompts and answers, as a policy that every model call meets. */
const guardrailPolicy = (prepared: readonly PreparedGuardrail[], document: Document): PlacedPolicy => ({
  path: ["guardrails"],
  policy: {
    name: "guardrails",
    places: undefined,
    clauses: ({ sourceAt, refuse }) =>
      guardrailClauses(prepared, {
        sourceAt,
        refuse,
        readJson: (file) => JSON.parse(readFileSync(resolve(dirname(document.file), file), "utf8")),
      }),
  },
})

/** What keys, teams, tenants and models may use, as a policy of what is asked of models. */
function limitPolicy(
  name: string,
  clausesOf: (options: ModelLimitOptions) => readonly Clause<World>[],
  settings: Settings,
  document: Document,
  models: ServedModels,
): PlacedPolicy {
  const groups = groupsOf(settings, document)
  const source = document.sourceAt(["models"])
  const holders = new Map(
    Object.entries(settings.models).map(([name, { limits, budget }]) => [
      name,
      {
        name,
        limits: limitsOf({ ...(limits && { limits }), ...(budget && { budget }) }, (inside) =>
          document.sourceAt(["models", name, ...inside]),
        ),
      },
    ]),
  )
  return {
    path: ["models"],
    policy: {
      name,
      places: undefined,
      clauses: ({ identity }) =>
        identity === undefined
          ? []
          : clausesOf({
              identity,
              groups,
              source,
              model: (name) => holders.get(models.find(name)?.name ?? ""),
              ofModels: Array.from(holders.values(), ({ limits }) => limits),
            }),
    },
  }
}
