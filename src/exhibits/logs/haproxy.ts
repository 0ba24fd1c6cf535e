import { clientOf, type LineReader, lineReading, requestLineOf, statusOf } from "./reading.ts"
import { timeOf } from "./time.ts"

const FORM =
  /^(\S{3,80}:\d{1,5}) \[(\d\d\/[A-Za-z]{3}\/\d{4}:\d\d:\d\d:\d\d\.\d{3})\] (\S{1,200}) (\S{1,200})\/(\S{1,200}) ([-+\d/]{1,60}) (-1|\d{3}) ([+]?\d{1,20}) (\S{1,500}) (\S{1,500}) (\S{4}) [\d/+]{1,60} \d{1,10}\/\d{1,10} (.*)$/s

/** HAProxy's HTTP log (`option httplog`; configuration manual, section 8.2.3). */
export const readHaproxy: LineReader = (line) => {
  const match = FORM.exec(line)
  if (match === null) return undefined
  const [, from = "", time = "", , backend = "", server = "", , status, , , , flags = "", rest = ""] = match
  const quote = rest.indexOf('"')
  const request = quote < 0 ? "" : rest.slice(quote + 1, rest.endsWith('"') ? -1 : undefined)
  return lineReading({
    format: "haproxy",
    time: timeOf(time),
    ...clientOf(from),
    ...requestLineOf(request),
    status: statusOf(status),
    // A status that a server sent is told by a termination state of dashes; else HAProxy made the answer.
    upstreamStatus: flags === "----" && server !== "<NOSRV>" ? statusOf(status) : undefined,
    ids: new Map(),
    codes: [flags, ...(server === "<NOSRV>" ? ["<NOSRV>"] : [])],
    message: `${backend}/${server} ${flags} ${rest}`,
  })
}
