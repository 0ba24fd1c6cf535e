// Writes docs/configuration.md from the schema and the policies' examples. `--check` only tells whether it is up to date.
import { join } from "node:path"
import { loadConfig } from "../src/config/load.ts"
import { POLICIES } from "../src/policies/registry.ts"
import { generated } from "./generated.ts"
import { type Setting, settings } from "./settings.ts"

const root = join(import.meta.dir, "..")
const read = (path: string): Promise<string> => Bun.file(join(root, path)).text()
/** Policies are entries of two lists, and are told once, by themselves. */
const POLICY = /^policies\[\]\.([a-z-]+)(?:\.(.+))?$/
const all = settings()
const isOfPolicies = ({ path }: Setting): boolean => path.includes("policies[].")

function table(rows: readonly Setting[]): string {
  const lines = rows.map((it) => `| \`${it.path}\` | ${it.type} | ${it.default} | ${it.meaning} |`)
  return ["| setting | type | default | meaning |", "|---|---|---|---|", ...lines].join("\n")
}

function group(name: string): string {
  const rows = all.filter(
    (it) => (it.path === name || /^[.[]/.test(it.path.slice(name.length))) && it.path.startsWith(name),
  )
  return `### ${name}\n\n${table(rows.filter((it) => !isOfPolicies(it)))}`
}

async function policy(name: string, summary: string): Promise<string> {
  const own = all.flatMap((it) => {
    const [, of, option] = POLICY.exec(it.path) ?? []
    return of === name ? [{ ...it, path: option ?? name }] : []
  })
  const options = own.length > 1 ? own.filter((it) => it.path !== name) : own
  const example = await read(`src/policies/${name}/example.yaml`)
  const causes = causesOf(name, example).map((it) => `[\`${it}\`](causes/${it}.md)`)
  const refuses = `Refuses with ${causes.join(" or ")}.`
  return `### ${name}\n\n${summary} ${refuses}\n\n${table(options)}\n\n\`\`\`yaml\n${example.trimEnd()}\n\`\`\``
}

/** The causes of the clauses that stand where the policy is written in its example. */
function causesOf(name: string, example: string): readonly string[] {
  const { plan } = loadConfig(example, `${name}/example.yaml`, { ALICE_KEY: "alice-0123456789abcdef" })
  if (plan === undefined) throw new Error(`the example of ${name} is no configuration`)
  const codes = [...plan.plan.tracks.values()]
    .flatMap(({ clauses }) => clauses)
    .filter(({ clause }) => clause.anyOf.some((it) => it.requirement.source.path.includes(`].${name}`)))
    .map(({ clause }) => clause.cause.code)
  return [...new Set(codes)]
}

const tops = all.filter(({ path }) => !/[.[]/.test(path))
const groups = tops.filter(({ path }) =>
  all.some((it) => it.path.startsWith(`${path}.`) || it.path.startsWith(`${path}[`)),
)
const single = tops.filter((it) => !groups.includes(it))

await generated(
  "docs/configuration.md",
  `# Configuration

One YAML file. \`./pinpoint check pinpoint.yaml\` tells everything that is wrong with it, with line, column and what was
probably meant; \`./pinpoint up --config pinpoint.yaml\` runs it, and takes up every change of the file that is sound.

\`\${NAME}\` stands for a variable of the environment, \`\${NAME:-otherwise}\` for one that may be missing. Secrets belong there,
and never into the file. Editors complete and check the file by
[pinpoint.schema.json](../pinpoint.schema.json), with this as its first line:
\`# yaml-language-server: $schema=pinpoint.schema.json\`.

A whole file:

\`\`\`yaml
${(await read("test/example.yaml")).trimEnd()}
\`\`\`

## Settings

${table(single)}

${groups.map(({ path }) => group(path)).join("\n\n")}

## Policies

A policy is an entry of \`policies\`: of the file, for every route, or of a service, for its own. Whatever the order of the
list, a request is judged in one order: who connects, what is asked for, who asks, whether they may, how much is left, what
is sent. Where what a policy asks for cannot be read, it refuses with
[\`internal/unreadable\`](causes/internal/unreadable.md), and \`rate-limit\` with
[\`quota/unreadable\`](causes/quota/unreadable.md).

${(await Promise.all(POLICIES.map(({ name, summary }) => policy(name, summary)))).join("\n\n")}
`,
)
