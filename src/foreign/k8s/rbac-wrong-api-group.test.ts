import { expect, test } from "bun:test"
import { readCase } from "../../exhibits/case.ts"
import { k8sRbacWrongApiGroup } from "./rbac-wrong-api-group.ts"

const refused = (resource: string, group: string): string =>
  `x is forbidden: User "system:serviceaccount:a:b" cannot list resource "${resource}" in API group "${group}" at the cluster scope`

/** What the clue about the rules of the configuration quotes. */
function quoteIn(config: string, log = refused("ingresses", "networking.k8s.io")): string | undefined {
  const read = readCase({ symptom: "", evidence: { log_lines: [log], config: [config] } })
  if (!("of" in read)) throw new Error(read.fault)
  for (const { all } of k8sRbacWrongApiGroup.clues) {
    const [first] = all
    if ("see" in first) return first.see(read)?.quote
  }
  throw new Error("no clue looks at the rules")
}

test("a rule that lists the refused resource under another group is quoted with that group", () => {
  const config = "rules:\n- apiGroups:\n  - extensions\n  resources:\n  - ingresses\n  verbs: [list]\n"
  expect(quoteIn(config)).toBe("apiGroups:\n  - extensions")
  expect(config).toContain(quoteIn(config) ?? "?")
})

test("rules written as JSON are read too", () => {
  const config = '{"rules": [{"apiGroups": ["extensions"], "resources": ["ingresses"], "verbs": ["list"]}]}'
  expect(quoteIn(config)).toBe('apiGroups": ["extensions"],')
})

test("quotes escaped by a log change nothing", () => {
  const escaped = refused("ingresses", "networking.k8s.io").replaceAll('"', '\\"')
  expect(quoteIn('- apiGroups: ["extensions"]\n  resources: ["ingresses"]\n', escaped)).toBe(
    'apiGroups: ["extensions"]',
  )
})

test.each([
  [
    "the same rule has the refused group beside another",
    'apiGroups: ["extensions", "networking.k8s.io"]\nresources: ["ingresses"]',
  ],
  [
    "another rule has the resource under the refused group",
    'apiGroups: ["extensions"]\nresources: ["ingresses"]\n---\napiGroups: ["networking.k8s.io"]\nresources: ["ingresses"]',
  ],
  ["a rule holds for every group", 'apiGroups: ["*"]\nresources: ["ingresses"]'],
  ["no rule lists the resource", 'apiGroups: ["extensions"]\nresources: ["deployments"]'],
])("nothing is seen where %s", (_, config) => {
  expect(quoteIn(config)).toBeUndefined()
})

test("the core group is the empty string", () => {
  const log = refused("pods", "")
  expect(quoteIn('apiGroups: ["apps"]\nresources: ["pods"]', log)).toBe('apiGroups: ["apps"]')
  expect(quoteIn('apiGroups: [""]\nresources: ["pods"]', log)).toBeUndefined()
})
