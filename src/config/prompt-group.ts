import type { Clause } from "../decision/check.ts"
import type { World } from "../facts/world.ts"
import type { AnswerGuards } from "../guardrails/answer-guards.ts"
import type { Endpoint } from "../models/endpoints.ts"
import type { ServedModels } from "../models/routing/served-models.ts"
import { openApiOf } from "../prompts/open-api.ts"
import { type Prompt, promptPath } from "../prompts/prompt.ts"
import { promptInbound } from "../prompts/prompt-inbound.ts"
import type { Document } from "../text/document.ts"
import type { ConfigFault } from "../text/fault.ts"
import { fixed } from "./pattern.ts"
import type { PlacedPolicy } from "./policy-clauses.ts"
import { publishedPrompts } from "./published-prompts.ts"
import type { RouteGroup } from "./route-groups.ts"
import type { Settings } from "./schema.ts"

/** What prompts have from the models they ask. */
export interface OfModels {
  readonly models: ServedModels
  readonly guards: AnswerGuards | undefined
  /** What every call of a model meets. */
  readonly policies: readonly PlacedPolicy[]
  /** What who only looks meets. */
  readonly listing: readonly PlacedPolicy[]
  clauses(endpoint: Endpoint): readonly Clause<World>[]
}

/** Prompts are asked as models are, and judged by the same clauses: each is a model's endpoint with a body of its own. */
export function promptGroups(
  settings: Settings,
  document: Document,
  { models, guards, policies, listing, clauses }: OfModels,
  faults: ConfigFault[],
): readonly RouteGroup[] {
  const published = publishedPrompts(settings.prompts, models, document, faults)
  if (published.length === 0) return []
  const groups = published.flatMap((it): readonly RouteGroup[] => {
    const source = document.sourceAt(["prompts", it.name])
    const entry = { host: undefined, source }
    const asked = (prompt: Prompt, id: string, path: string): RouteGroup => {
      const endpoint = endpointOf(prompt, id, path)
      return {
        source,
        policies,
        routes: [{ ...entry, id, pattern: fixed(path), methods: ["POST"] }],
        extra: clauses(endpoint),
        destination: () => ({ kind: "model", endpoint, models, guards }),
      }
    }
    const text = JSON.stringify(openApiOf(it), null, 2)
    const described: RouteGroup = {
      source,
      policies: listing,
      routes: [
        { ...entry, id: `prompts.${it.name}.openapi`, pattern: fixed(openApiPath(it.name)), methods: ["GET", "HEAD"] },
      ],
      extra: [],
      destination: () => ({ kind: "prompt-page", text }),
    }
    return [
      described,
      asked(it.current, `prompts.${it.name}`, promptPath(it.name)),
      ...it.versions.map((one) => asked(one, `prompts.${it.name}.${one.version}`, promptPath(it.name, one.version))),
    ]
  })
  const source = document.sourceAt(["prompts"])
  const listed: RouteGroup = {
    source,
    policies: listing,
    routes: [{ id: "prompts", host: undefined, source, pattern: fixed("/prompts"), methods: ["GET", "HEAD"] }],
    extra: [],
    destination: () => ({ kind: "prompts", prompts: published }),
  }
  return [listed, ...groups]
}

/** What is wrong with prompts where no model is configured at all. */
export const promptsWithoutModels = ({ prompts }: Settings, document: Document): readonly ConfigFault[] =>
  Object.entries(prompts).map(([name, { model }]) => ({
    severity: "error",
    source: document.sourceAt(["prompts", name, "model"]),
    message: `there is no model "${model}"`,
    hint: "models are written under `models`",
  }))

const openApiPath = (name: string): string => `${promptPath(name)}/openapi.json`

const endpointOf = (prompt: Prompt, id: string, path: string): Endpoint => ({
  id,
  path,
  dialect: "openai-chat",
  body: "json",
  operation: "chat",
  own: { inbound: promptInbound(prompt), model: prompt.model },
})
