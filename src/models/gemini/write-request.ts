import type { TextPart } from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import type { Quirks } from "../quirks.ts"
import { FORMAT } from "./format.ts"
import { withUnread } from "./unread-members.ts"
import { writeConfig } from "./write-config.ts"
import { writeContents } from "./write-contents.ts"
import { writeToolConfig, writeTools } from "./write-tools.ts"

const NESTED = ["generationConfig", "toolConfig"] as const
const NO_PLACE = "Gemini has no such option"
const TIERS: readonly string[] = ["unspecified", "flex", "standard", "priority"]

/** The model stands in the address. */
export function writeRequest(request: ChatRequest, _quirks: Quirks, losses: Losses): JsonObject {
  const { turns, tools, toolChoice, model, extras } = request
  dropOthers(request, losses)
  const system = writeSystem(request, losses)
  const config = writeConfig(request, losses)
  const written = tools.length === 0 ? [] : writeTools(tools, losses)
  const body: JsonObject = {
    contents: writeContents(turns, model, losses),
    ...(system === undefined ? {} : { systemInstruction: system }),
    ...(written.length === 0 ? {} : { tools: written }),
    ...(toolChoice === undefined ? {} : { toolConfig: writeToolConfig(toolChoice) }),
    ...(config === undefined ? {} : { generationConfig: config }),
    ...writeTier(request.serviceTier, losses),
  }
  if (extras === undefined || extras.format === FORMAT) return withUnread(body, extras?.members ?? {}, NESTED, losses)
  for (const name of Object.keys(extras.members)) losses.drop(name, NO_PLACE)
  return body
}

/** There is no place for instructions after the conversation began; they are told with those before it. */
function writeSystem({ system, turns }: ChatRequest, losses: Losses): JsonObject | undefined {
  const later = turns.flatMap((it): readonly TextPart[] => (it.role === "system" ? it.parts : []))
  if (later.length > 0)
    losses.drop("place of later instructions", "Gemini has instructions before the conversation alone")
  const all = [...system, ...later]
  if (all.some((it) => it.cache !== undefined))
    losses.drop("cache marks", "Gemini caches prompts by itself, or as objects made before")
  return all.length === 0 ? undefined : { parts: all.map(({ text }) => ({ text })) }
}

function writeTier(tier: string | undefined, losses: Losses): JsonObject {
  // What is not told is up to the provider, which is what `auto` says.
  if (tier === undefined || tier === "auto") return {}
  const own = tier === "default" ? "standard" : tier
  if (TIERS.includes(own)) return { serviceTier: own }
  losses.drop("serviceTier", `Gemini knows no ${tier}`)
  return {}
}

function dropOthers(request: ChatRequest, losses: Losses): void {
  const drop = (isSet: boolean, what: string): void => {
    if (isSet) losses.drop(what, NO_PLACE)
  }
  drop(request.minP !== undefined, "minP")
  drop(request.logitBias !== undefined, "logitBias")
  drop(request.parallelTools === false, "parallelTools")
  drop(request.audio !== undefined, "audio")
  drop(request.user !== undefined, "user")
  drop(request.metadata !== undefined, "metadata")
}
