// Writes docs/causes/: a page per cause and their index. `--check` only tells whether they are up to date.
import { CAUSES } from "../src/causes/catalogue.gen.ts"
import { causeMarkdown } from "../src/causes/page.ts"
import { generated } from "./generated.ts"

for (const cause of CAUSES) await generated(`docs/causes/${cause.code}.md`, causeMarkdown(cause))
const rows = CAUSES.map(({ code, status, title }) => `| [\`${code}\`](${code}.md) | ${status} | ${title} |`)
await generated(
  "docs/causes/README.md",
  `# Causes\n\nEvery reason for which a request is refused. A code is never renamed or removed once it is released.\n\n| cause | status | what happened |\n|---|---|---|\n${rows.join("\n")}\n`,
)
