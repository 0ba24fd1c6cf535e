import { visible } from "../text/excerpt.ts"
import type { Kept } from "./observed-records.ts"
import type { Style } from "./style.ts"

const METHOD_WIDTH = 6
const PATH_WIDTH = 24
const CAUSE_WIDTH = 22

/** One decision as one line: what became of it, and for a refusal how to ask why. */
export function keptLine(kept: Kept, data: string, thread: number | undefined, style: Style): string {
  const { id, verdict, cause, status, took, method, path } = kept
  const said = verdict === "deny" ? style.bad("refused  ") : style.good("permitted")
  const about = `${visible(method).padEnd(METHOD_WIDTH)} ${visible(path).padEnd(PATH_WIDTH)}`
  const why =
    cause === undefined
      ? style.dim(`${took} ms`)
      : `${cause.padEnd(CAUSE_WIDTH)}  ${style.dim(`./pinpoint explain ${id}${data === "data" ? "" : ` --data ${data}`}`)}`
  return `${said}  ${status}  ${about}  ${why}${thread === undefined ? "" : style.dim(`  thread ${thread}`)}`
}
