import type { Flaw } from "./flaw.ts"

/** What the YAML parser found, in words for whoever wrote the file; its own words where we have none. */
export function yamlFlaw(severity: Flaw["severity"], code: string, message: string, offset: number): Flaw {
  const told = TOLD.find(({ says }) => message.startsWith(says))
  if (told !== undefined) return { severity, offset, message: told.message, hint: told.hint }
  const hint = HINTS[code]
  const words = `${message.slice(0, 1).toLowerCase()}${message.slice(1)}`
  return { severity, offset, message: words, ...(hint === undefined ? {} : { hint }) }
}

const COLUMNS = "what belongs together begins at the same column, and what is inside it further right"

const TOLD: readonly { readonly says: string; readonly message: string; readonly hint: string }[] = [
  {
    says: "Flow map in block collection must be",
    message: 'a "{" above is not closed before this',
    hint: 'close it with "}", and indent each of its lines',
  },
  {
    says: "Flow sequence in block collection must be",
    message: 'a "[" above is not closed before this',
    hint: 'close it with "]", and indent each of its lines',
  },
  {
    says: "Nested mappings are not allowed in compact mappings",
    message: 'a value goes on with ": ", as if it were a name',
    hint: "put the value in quotation marks, or begin a new line for what it holds",
  },
  {
    says: "Implicit map keys need to be followed by map values",
    message: 'a ":" is missing behind this name',
    hint: `write ":" behind it; if it belongs to the line above, indent it further`,
  },
  {
    says: "All mapping items must start at the same column",
    message: "this begins at another column than its neighbours",
    hint: COLUMNS,
  },
  {
    says: "All sequence items must start at the same column",
    message: "this begins at another column than its neighbours",
    hint: COLUMNS,
  },
  {
    says: "Tabs are not allowed as indentation",
    message: "a tab stands where the line is indented",
    hint: "indent with spaces",
  },
]

const HINTS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "indent with spaces",
  BAD_INDENT: COLUMNS,
  BAD_SCALAR_START: "put the value in quotation marks",
  BLOCK_AS_IMPLICIT_KEY: "begin a new line",
  MULTILINE_IMPLICIT_KEY: 'a name stands on one line and ends with ":"',
}
