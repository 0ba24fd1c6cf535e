import type { Exhibits } from "../../exhibits/exhibits.ts"
import type { Judged } from "../finding.ts"
import type { Site } from "./site.ts"

/** Each judge is loaded when there is something for it: a body alone needs none of them. */
export async function judgeCase(_exhibits: Exhibits, _site: Site | undefined): Promise<readonly Judged[]> {
  return []
}
