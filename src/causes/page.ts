import type { Cause } from "../decision/cause.ts"

const PARTY = { caller: "Caller", owner: "Owner of the key", operator: "Operator of the gateway" } as const

/** A cause's page, generated from the cause: the same text on the gateway, in the documentation and on the command line. */
export function causeMarkdown({ code, status, title, explain, fix }: Cause): string {
  const detail = explain([{ fact: "the value", said: "the value seen is not what is required" }])
  const does = fix.map((it) => `- **${PARTY[it.by]}**: ${it.does}.`)
  return `# ${code}\n\n**${title}** (status ${status})\n\n${detail}\n\n## What to do\n\n${does.join("\n")}\n`
}
