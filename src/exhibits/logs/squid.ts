import { type LineReader, lineReading, statusOf } from "./reading.ts"

const FORM =
  /^(\d{9,11})\.(\d{3}) {1,10}\d{1,10} (\S{2,80}) ([A-Z][A-Z_]{2,40})\/(\d{3}) \d{1,20} ([A-Z-]{3,20}) (\S{1,8192}) (.*)$/s

/** Squid's own access log format. */
export const readSquid: LineReader = (line) => {
  const match = FORM.exec(line)
  if (match === null) return undefined
  const [, seconds, milliseconds, client, result = "", status, method, target] = match
  return lineReading({
    format: "squid",
    time: Number(seconds) * 1000 + Number(milliseconds),
    client,
    method,
    target,
    status: statusOf(status),
    codes: [result],
    message: line,
  })
}
