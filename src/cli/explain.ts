import { causeOf } from "../causes/catalogue.ts"
import { pageOf } from "../causes/page.ts"
import type { ForeignCause } from "../foreign/cause.ts"
import { decisionFacts } from "../management/decision-facts.ts"
import { awaitDecision } from "../management/find-decision.ts"
import { meantCause, noCause } from "../management/meant-cause.ts"
import { NotExplained, replayed } from "../management/replayed.ts"
import { Failure } from "./failure.ts"
import { renderReplayed } from "./render-replayed.ts"
import { styleFor } from "./style.ts"
import { reading } from "./with-store.ts"

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** `explain`: a decision by its id, or a cause by its code; both also as they stand in a refusal's `instance` and `type`. */
export async function explain(
  what: string,
  { data, json }: { readonly data: string; readonly json: boolean },
): Promise<void> {
  const name = what
    .trim()
    .replace(/^urn:uuid:/i, "")
    .replace(/^.*\/\.well-known\/pinpoint\/causes\//, "")
  const id = name.toLowerCase()
  if (UUID.test(id)) await explainDecision(id, data, json)
  else await explainCause(name, json)
}

async function explainCause(code: string, json: boolean): Promise<void> {
  const cause = causeOf(code) ?? (await foreignCauseOf(code))
  const page = (await pageOf(code)) ?? (await foreignPageOf(code))
  if (cause === undefined || page === undefined)
    throw new Failure(
      meantCause(code) === undefined
        ? `"${code}" is neither a decision's id, such as 019aa5c5-7f10-7000-8000-3e1f4b6c0a11, nor a cause, such as access/scope-missing.`
        : noCause(code),
    )
  const { status, title, fix } = cause
  console.log(json ? JSON.stringify({ code, status, title, fix, page }, null, 2) : page.trimEnd())
}

/** Loaded for what is no cause of our own: there are many. */
async function foreignCauseOf(code: string): Promise<ForeignCause | undefined> {
  const { FOREIGN_CAUSES } = await import("../foreign/packed.ts")
  return FOREIGN_CAUSES.find((it) => it.code === code)
}

async function foreignPageOf(code: string): Promise<string | undefined> {
  const cause = await foreignCauseOf(code)
  return cause === undefined ? undefined : (await import("../foreign/markdown.ts")).foreignMarkdown(cause)
}

async function explainDecision(id: string, data: string, json: boolean): Promise<void> {
  await reading(data, async (store) => {
    await awaitDecision(store.records, id)
    try {
      const told = replayed(store, id, "operator")
      if (json) console.log(JSON.stringify(decisionFacts(told), null, 2))
      else process.stdout.write(renderReplayed(told, store.plans.current(), styleFor(process.stdout)))
    } catch (error) {
      if (error instanceof NotExplained) throw new Failure(error.message)
      throw error
    }
  })
}
