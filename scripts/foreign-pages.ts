// Writes docs/diagnosis/, a page per cause of another system, and their index. `--check` only tells whether they are up to date.
import { FOREIGN_CAUSES } from "../src/foreign/catalogue.gen.ts"
import { foreignMarkdown } from "../src/foreign/markdown.ts"
import { generated } from "./generated.ts"

for (const cause of FOREIGN_CAUSES) await generated(`docs/diagnosis/${cause.code}.md`, foreignMarkdown(cause))

const groups = Map.groupBy(FOREIGN_CAUSES, (it) => it.code.split("/")[0] ?? "")
const rows = [...groups].map(([group, causes]) =>
  [
    `## ${group}`,
    `| cause | what happened |\n|---|---|\n${causes.map(({ code, title }) => `| [\`${code}\`](${code}.md) | ${title.replaceAll("|", "\\|")} |`).join("\n")}`,
  ].join("\n\n"),
)
await generated(
  "docs/diagnosis/README.md",
  `# Causes of a 403, anywhere

What \`pinpoint diagnose\` can name: ${FOREIGN_CAUSES.length} causes of other systems, each with what it is recognised by, what mends it with
the least grant, and where the facts come from. [A guide](guide.md) walks one request through the whole search. What the judges
of servers model, and what not: [nginx](nginx-language.md), [httpd](httpd-language.md). Causes of the gateway itself have
[pages of their own](../causes/README.md).

${rows.join("\n\n")}
`,
)
