import { pageOf } from "../causes/page.ts"
import { CAUSE_PAGES } from "./problem.ts"

/** The page of the cause a path names. */
export async function causePage(path: string): Promise<{ readonly status: 200 | 404; readonly text: string }> {
  const text = await pageOf(path.slice(CAUSE_PAGES.length))
  return text === undefined ? { status: 404, text: "There is no cause of this name.\n" } : { status: 200, text }
}
