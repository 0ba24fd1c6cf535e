import { openStore } from "../adapters/sqlite/store.ts"
import { CAUSES } from "../causes/catalogue.gen.ts"
import { causeOf } from "../causes/catalogue.ts"
import { causeMarkdown } from "../causes/page.ts"
import { closest } from "../config/text/closest.ts"
import { NotExplained, replayed } from "../management/replayed.ts"
import { Failure } from "./failure.ts"
import { renderReplayed } from "./render-explanation.ts"
import { styleFor } from "./style.ts"

/** `explain`: a decision by its id, or a cause by its code. */
export function explain(what: string, { data, json }: { readonly data: string; readonly json: boolean }): void {
  if (what.includes("/")) explainCause(what, json)
  else explainDecision(what.replace(/^urn:uuid:/, ""), data, json)
}

function explainCause(code: string, json: boolean): void {
  const cause = causeOf(code)
  if (cause === undefined) {
    const meant = closest(
      code,
      CAUSES.map((it) => it.code),
    )
    throw new Failure(`There is no cause "${code}".${meant === undefined ? "" : ` Did you mean ${meant}?`}`)
  }
  const { status, title, fix } = cause
  console.log(
    json
      ? JSON.stringify({ code, status, title, fix, page: causeMarkdown(cause) }, null, 2)
      : causeMarkdown(cause).trimEnd(),
  )
}

function explainDecision(id: string, data: string, json: boolean): void {
  const store = openStore(data, { readonly: true })
  try {
    const told = replayed(store.records, store.plans, id, "operator")
    if (json) console.log(JSON.stringify(told, null, 2))
    else process.stdout.write(renderReplayed(told, styleFor(process.stdout)))
  } catch (error) {
    if (error instanceof NotExplained) throw new Failure(error.message)
    throw error
  } finally {
    store.close()
  }
}
