import { type PublishedPrompt, promptPath } from "../../prompts/prompt.ts"
import type { Call } from "../call.ts"
import { askingAs, isCallableAt } from "./callable-models.ts"

/** The prompts a caller may ask, by the clauses that would judge the call, as JSON. */
export function promptList(call: Call, prompts: readonly PublishedPrompt[]): string {
  const asking = askingAs(call)
  const callable = prompts.filter(({ name, current }) => isCallableAt(asking, promptPath(name), "chat", current.model))
  return JSON.stringify({
    prompts: callable.map(({ name, current, versions }) => ({
      name,
      version: current.version,
      versions: versions.map(({ version }) => version),
      about: current.about,
      path: promptPath(name),
      openapi: `${promptPath(name)}/openapi.json`,
    })),
  })
}
