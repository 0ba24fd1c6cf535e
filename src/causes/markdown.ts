import { ANSWER, type CaseFile, type CaseUpstream, type MendedScene } from "./case-file.ts"
import type { CaseSection } from "./case-text.ts"
import type { DocumentedCause } from "./cause.ts"

const PARTY = { caller: "Caller", owner: "Owner of the key", operator: "Operator of the gateway" } as const

/** A cause's page, from the cause and its worked example. */
export function causeMarkdown(cause: DocumentedCause, example: CaseFile): string {
  const { code, status, title, why, fix } = cause
  return [
    `# ${code}`,
    `**${title}** (status ${status})`,
    why,
    "## What to do",
    fix.map((it) => `- **${PARTY[it.by]}**: ${it.does}.`).join("\n"),
    "## An example",
    ...exampleOf(example),
    "## The example, mended",
    `${example.mended.length > 1 ? "Each of these" : "This"} was sent through a gateway, and permitted.`,
    ...example.mended.flatMap((it) => [...mendedExample(it)]),
  ]
    .join("\n\n")
    .concat("\n")
}

function* exampleOf({ story, configuration, outside, upstream, requests, expected }: CaseFile): Generator<string> {
  yield story
  yield "The configuration:"
  yield fenced("yaml", configuration)
  if (outside !== "") yield `Meanwhile, ${outside}.`
  for (const [i, request] of requests.entries()) {
    yield i === 0 ? "The request:" : "And then another:"
    yield fenced("http", request.text)
    if (request.ends) yield "With that, the caller ends its side of the connection."
    else if (request.isUnfinished) yield "Nothing follows."
  }
  yield* serviceOf(upstream)
  yield "The answer:"
  yield fenced("http", expected.get("answer") ?? "")
  const told = [...expected].findLast(([name]) => /^told to .*operator$/.test(name))
  if (told === undefined) return
  yield "What an operator is told:"
  yield fenced("text", told[1])
}

function* serviceOf({ does, text }: CaseUpstream): Generator<string> {
  if (does !== "answers" && does !== "ends") yield `The service behind the gateway ${does}.`
  else if (text !== ANSWER.text) {
    yield `The service behind the gateway sends this${does === "ends" ? " and ends the connection" : ", and nothing more"}:`
    yield fenced("http", text)
  }
}

function* mendedExample({ by, how, changes }: MendedScene): Generator<string> {
  yield `**By the ${by}**: ${how}.`
  for (const change of changes) yield changeOf(change)
}

function changeOf({ name, detail, body }: CaseSection): string {
  switch (name) {
    case "request":
      return fenced("http", body)
    case "edit":
      return fenced("diff", body)
    case "configuration":
      return fenced("yaml", body)
    case "upstream":
      return `The service ${detail === "" ? "answers" : detail}.`
    default:
      return `Outside: ${body}.`
  }
}

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``
