/** What a rule found where, as far as the engine's sentence says. */
export interface Matched {
  /** `Rx`, `Pattern match`, `within`. */
  readonly operator?: string
  /** What was looked for; of thresholds the number. */
  readonly parameter?: string
  /** `ARGS:description`; absent where it is not said or more than one reading fits. */
  readonly target?: string
  readonly value?: string
}

/**
 * ModSecurity 2 (`Pattern match "…" at ARGS:a.`), ModSecurity 3 (`Matched "Operator `Rx' with parameter `…' against variable
 * `ARGS:a' (Value: `…' )`), and `Matched Data: … found within ARGS:a: …`, which the Core Rule Set logs beside either.
 *
 * Source: apache2/re_operators.c of 2.9, src/operators/operator.cc of 3.0, `logdata` of the rules.
 */
export function readMatched(sentence: string, data: string | undefined): Matched {
  const said = modsecurity3(sentence) ?? modsecurity2(sentence)
  if (said?.target !== undefined) return said
  const within = data === undefined ? undefined : withinOf(data)
  return { ...said, ...within }
}

const ACCENT_OPERATOR = 'Matched "Operator `'
const WITH = "' with parameter `"
const AGAINST = "' against variable `"
const VALUE = "' (Value: `"

function modsecurity3(sentence: string): Matched | undefined {
  const start = sentence.indexOf(ACCENT_OPERATOR)
  if (start === -1) return undefined
  const operator = sentence.indexOf(WITH, start)
  const against = sentence.indexOf(AGAINST, operator)
  const value = sentence.indexOf(VALUE, against)
  if (operator === -1 || against === -1 || value === -1) return {}
  const end = sentence.lastIndexOf("' )")
  return {
    operator: sentence.slice(start + ACCENT_OPERATOR.length, operator),
    parameter: sentence.slice(operator + WITH.length, against),
    target: sentence.slice(against + AGAINST.length, value),
    value: sentence.slice(value + VALUE.length, end > value ? end : sentence.length),
  }
}

/** A collection in capitals, then its key, which is the caller's and may be anything. */
const TARGET = /^[A-Z][A-Z_0-9]*(?::|$)/
const THRESHOLD = /^Operator ([A-Z]{2}) matched (\d{1,9}) at /

function modsecurity2(sentence: string): Matched | undefined {
  const required = /^Match of "([A-Za-z]{1,32}) ?([^"]*)" against "(.*)" required\.?$/s.exec(sentence)
  if (required !== null) return made(required[1], required[2], required[3])
  const threshold = THRESHOLD.exec(sentence)
  if (threshold !== null) return made(threshold[1], threshold[2], sentence.slice(threshold[0].length))
  const quoted = quotedIn(sentence)
  // What was looked for may itself hold " at ": the place is said after it.
  for (let at = sentence.indexOf(" at ", quoted?.end ?? 0); at !== -1; at = sentence.indexOf(" at ", at + 1))
    if (TARGET.test(sentence.slice(at + 4, at + 64).replace(/\.$/, "")))
      return made(quoted?.before, quoted?.text, sentence.slice(at + 4))
  return quoted === undefined ? undefined : made(quoted.before, quoted.text, undefined)
}

function made(operator: string | undefined, parameter: string | undefined, target: string | undefined): Matched {
  return {
    ...(operator === undefined ? {} : { operator }),
    ...(parameter === undefined ? {} : { parameter }),
    // The full stop ends the sentence, not the name.
    ...(target === undefined || target === "" ? {} : { target: target.endsWith(".") ? target.slice(0, -1) : target }),
  }
}

function quotedIn(sentence: string) {
  const open = sentence.indexOf('"')
  if (open === -1) return undefined
  for (let at = open + 1; at < sentence.length; at++)
    if (sentence[at] === "\\") at++
    else if (sentence[at] === '"')
      return { before: sentence.slice(0, open).trim(), text: sentence.slice(open + 1, at), end: at }
  return undefined
}

const FOUND = " found within "

/** What was found is the caller's text: where it says "found within" once more, the name cannot be told from it. */
function withinOf(data: string): Matched {
  const at = data.indexOf(FOUND)
  if (!data.startsWith("Matched Data: ") || at === -1 || data.indexOf(FOUND, at + 1) !== -1) return {}
  const rest = data.slice(at + FOUND.length)
  const colon = rest.indexOf(": ")
  if (colon === -1 || !TARGET.test(rest)) return {}
  return { target: rest.slice(0, colon), value: rest.slice(colon + 2) }
}
