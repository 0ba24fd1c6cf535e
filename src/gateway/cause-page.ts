import { causeOf } from "../causes/catalogue.ts"
import { causeMarkdown } from "../causes/page.ts"
import { CAUSE_PAGES } from "./problem.ts"

/** The page of the cause a path names. */
export function causePage(path: string): { readonly status: 200 | 404; readonly text: string } {
  const code = path.slice(CAUSE_PAGES.length)
  const cause = causeOf(code)
  if (cause === undefined) return { status: 404, text: "There is no cause of this name.\n" }
  return { status: 200, text: causeMarkdown(cause) }
}
