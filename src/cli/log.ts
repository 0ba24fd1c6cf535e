import { styleFor } from "./style.ts"

/** What a running gateway says, on standard error. */
export const logStyle = styleFor(process.stderr)

export const say = (text: string): void => void process.stderr.write(`${text}\n`)

export const sayFault = (fault: unknown): void =>
  say(logStyle.bad("fault  ") + (fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)))
