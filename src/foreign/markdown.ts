import type { ForeignCause } from "./cause.ts"
import type { Clue, Look, Test, Weight } from "./clue.ts"

const PARTY = { caller: "Caller", owner: "Owner of the key", operator: "Operator" } as const

const WEIGHT: Readonly<Record<Weight, string>> = {
  proof: "proves it",
  strong: "speaks strongly for it",
  fair: "speaks for it",
  slight: "speaks a little for it",
  against: "speaks against it",
  "rules-out": "rules it out",
}

const BASIS: Readonly<Record<Clue["basis"], string>> = {
  observed: "observed on the running product",
  source: "read in its source",
  documented: "documented",
  case: "seen in a real case",
  memory: "not verified",
}

/** A cause's page, from its file alone. */
export function foreignMarkdown(cause: ForeignCause): string {
  const { code, title, status, emitter, why, fix, unwise, ask, sources, clues, isNoMatterOfRights } = cause
  return [
    `# ${code}`,
    `**${title}** (status ${status}, written by ${emitter})`,
    ...(isNoMatterOfRights ? ["Nobody's right is in question here: no grant mends it."] : []),
    why,
    "## What to do",
    fix.map((it) => `- **${PARTY[it.by]}**: ${it.does}. It lets in: ${it.admits}.`).join("\n"),
    ...(unwise === undefined || unwise.length === 0
      ? []
      : ["## Better not", unwise.map((it) => `- ${it}.`).join("\n")]),
    "## How it is recognised",
    clues.length === 0 ? "By deciding the request on the configuration; no text is particular to it." : table(clues),
    ...(ask === undefined ? [] : ["## What decides it", `${ask.question} ${sentence(ask.why)}`]),
    "## Sources",
    sources.map((it) => `- ${linked(it)}`).join("\n"),
  ]
    .join("\n\n")
    .concat("\n")
}

const table = (clues: readonly Clue[]): string =>
  [
    "| seen | where | means | weight | known by |",
    "|---|---|---|---|---|",
    ...clues.map(
      ({ all, weight, basis, says }) =>
        `| ${all.map(sight).join(" and ")} | ${all.map(place).join(", ")} | ${cell(says)} | ${WEIGHT[weight]} | ${BASIS[basis]} |`,
    ),
  ].join("\n")

function sight(it: Look | Test): string {
  if ("see" in it) return "what it says"
  return code(typeof it.text === "string" ? it.text : it.text.source)
}

const PLACE = {
  symptom: "the symptom",
  request: "the request",
  headers: "the headers of the answer",
  body: "the body of the answer",
  log: "a log",
  config: "a configuration",
  files: "a listing of files",
} as const

const place = (it: Look | Test): string =>
  "see" in it ? "all that was given" : it.in.map((part) => PLACE[part]).join(" or ")

const cell = (text: string): string => text.replaceAll("|", "\\|").replace(/\s+/g, " ")

/** In a table a bar ends the cell even within code. */
function code(text: string): string {
  const fence = "`".repeat(Math.max(0, ...(text.match(/`+/g) ?? []).map((it) => it.length)) + 1)
  const gap = text.startsWith("`") || text.endsWith("`") ? " " : ""
  return `${fence}${gap}${cell(text)}${gap}${fence}`
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`

const linked = (source: string): string => (/^https?:\/\/\S+$/.test(source) ? `<${source}>` : source)
