import type { Style } from "./style.ts"

export interface Greeting {
  readonly revision: string
  readonly file: string
  readonly gateway: string
  readonly management: string
  readonly data: string
  readonly workers: number
  /** Shown where it was made just now. */
  readonly token: string | undefined
  /** Of a demonstration: what to paste. */
  readonly lines: readonly (readonly [what: string, line: string])[]
}

/** What `up` says once it listens: one text on one stream, so that a terminal shows it in this order. */
export function greeting(it: Greeting, style: Style): string {
  const threads = it.workers === 1 ? "" : `, ${it.workers} threads`
  const parts = [
    `${style.bold("pinpoint")} is running: plan ${it.revision} of ${it.file}${threads}`,
    `  gateway     ${it.gateway}`,
    `  management  ${it.management}`,
    `  data        ${it.data}`,
  ]
  if (it.lines.length === 0)
    parts.push(...tokenLines(it.token), "  Save the file and the change is taken up; Ctrl-C stops.")
  else parts.push(...demonstrationLines(it, style))
  return `${parts.join("\n")}\n\n`
}

const tokenLines = (token: string | undefined): readonly string[] =>
  token === undefined
    ? []
    : [`  token       ${token}`, "  This management token is shown this once; `pinpoint token` makes a new one."]

const demonstrationLines = ({ file, lines }: Greeting, style: Style): readonly string[] => [
  "",
  "This is a demonstration: a small service and a scripted model provider are behind it.",
  "Paste these into another terminal; each decision is told below.",
  ...lines.flatMap(([what, line]) => ["", style.dim(`# ${what}`), line]),
  "",
  `To mend the refusal, change ${file} as the explanation says, and save it.`,
  "Ctrl-C stops it. For a configuration of your own: ./pinpoint up --config FILE",
]
