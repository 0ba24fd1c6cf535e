const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

/** Milliseconds since 1970 of the forms logs write; without a zone as if it were UTC; undefined for anything else. */
export function timeOf(text: string): number | undefined {
  return iso(text) ?? common(text) ?? spelled(text)
}

/** `2024-06-23T16:49:24.123Z`, `2024/06/23 16:49:24`, `2024-06-23 16:49:24,123 +0200`. */
function iso(text: string): number | undefined {
  const match =
    /^(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?[ ]?(Z|UTC|[+-]\d\d:?\d\d)?/.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second, fraction = "", zone] = match
  return at([year, Number(month) - 1, day, hour, minute, second], fraction, zone)
}

/** `23/Jun/2024:16:49:24 +0000`, with a fraction as HAProxy writes it. */
function common(text: string): number | undefined {
  const match = /^(\d\d)\/([A-Za-z]{3})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?: ([+-]\d{4}))?/.exec(text)
  if (match === null) return undefined
  const [, day, month = "", year, hour, minute, second, fraction = "", zone] = match
  return at([year, MONTHS.indexOf(month.toLowerCase()), day, hour, minute, second], fraction, zone)
}

/** `Mon Jul 21 13:27:00.276053 2014`. */
function spelled(text: string): number | undefined {
  const match = /^(?:[A-Za-z]{3} )?([A-Za-z]{3}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))? (\d{4})/.exec(text)
  if (match === null) return undefined
  const [, month = "", day, hour, minute, second, fraction = "", year] = match
  return at([year, MONTHS.indexOf(month.toLowerCase()), day, hour, minute, second], fraction, undefined)
}

/** Year, month from 0, day, hour, minute, second. */
function at(parts: readonly (string | number | undefined)[], fraction: string, zone: string | undefined) {
  const [year = 0, month = -1, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number)
  if (month < 0 || month > 11) return undefined
  const time = Date.UTC(year, month, day, hour, minute, second, Number(fraction.slice(0, 3).padEnd(3, "0")))
  return time - offset(zone)
}

function offset(zone: string | undefined): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? "")
  if (match === null) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return (match[1] === "-" ? -minutes : minutes) * 60_000
}
