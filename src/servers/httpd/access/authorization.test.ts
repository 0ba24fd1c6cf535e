import { expect, test } from "bun:test"
import fc from "fast-check"
import type { Methods } from "../settings/methods.ts"
import { ALL_METHODS, covers, limited } from "../settings/methods.ts"
import { type Group, granted, mergeAuthorization, type Requirement } from "./authorization.ts"
import { clausesOf } from "./formula.ts"

type Answer = "granted" | "denied" | "no user" | "neutral"

const DIRECTIVE = {
  file: "x",
  line: 1,
  column: 1,
  name: "Require",
  key: "require",
  isSection: false,
  words: [],
  rest: "",
  text: "",
  children: [],
  path: "Require[0]",
}

/** Lines that hold for a bit of a world, or for a user that is there, and the one of them or none. */
const PROVIDERS = [0, 1, 2, 3].map((it) => ({ kind: "env", names: [String(it)] }) as const)
const USER = { kind: "valid-user" } as const

/** `apply_authz_sections` of modules/aaa/mod_authz_core.c, line by line. */
function apply(
  node: Requirement | Group,
  within: "all" | "any",
  method: string,
  ask: (it: Requirement) => Answer,
): Answer {
  if (!isLimitedTo(node, method)) return within === "all" ? "granted" : "neutral"
  let result: Answer = "neutral"
  if (node.kind === "requirement") result = ask(node)
  else
    for (const child of node.children) {
      const one = apply(child, node.op, method, ask)
      if (one === "neutral") continue
      if (node.op === "all") {
        if (one === "denied") {
          result = one
          break
        }
        if ((one === "no user" && result !== "denied") || result === "neutral") result = one
      } else {
        if (one === "granted") {
          result = one
          break
        }
        if ((one === "no user" && result === "denied") || result === "neutral") result = one
      }
    }
  if (!node.isNegated) return result
  return result === "granted" ? "denied" : "neutral"
}

const isLimitedTo = (node: Requirement | Group, method: string): boolean =>
  node.kind === "requirement" ? covers(node.methods, method) : node.children.some((it) => isLimitedTo(it, method))

const methods = fc.constantFrom<Methods>(
  ALL_METHODS,
  ALL_METHODS,
  limited(ALL_METHODS, false, ["GET"]),
  limited(ALL_METHODS, true, ["GET"]),
)

const { group } = fc.letrec<{ node: Requirement | Group; group: Group; requirement: Requirement }>((tie) => ({
  requirement: fc.record({
    kind: fc.constant("requirement" as const),
    isNegated: fc.boolean(),
    methods,
    provider: fc.constantFrom(...PROVIDERS, USER),
    directive: fc.constant(DIRECTIVE),
  }),
  node: fc.oneof({ maxDepth: 3, depthSize: "small" }, tie("requirement"), tie("group")),
  group: fc.record({
    kind: fc.constant("group" as const),
    op: fc.constantFrom("all" as const, "any" as const),
    isNegated: fc.boolean(),
    children: fc.array(tie("node"), { minLength: 1, maxLength: 3 }),
  }),
}))

/** As httpd lets it be written: only `RequireAll` holds lines that exclude, and only a list of which one suffices is turned round. */
function written<T extends Requirement | Group>(node: T, within: "all" | "any"): T {
  const isNegated = node.isNegated && within === "all"
  if (node.kind === "requirement") return { ...node, isNegated }
  const op = isNegated ? "any" : node.op
  return { ...node, isNegated, op, children: node.children.map((it) => written(it, op)) }
}

/** Clauses judged as the core judges them: one that fails refuses; one that only a user could make hold asks for one. */
function byClauses(root: Group, method: string, bits: readonly boolean[], hasUser: boolean): Answer | "too many" {
  const clauses = clausesOf(granted(root, method))
  if (clauses === undefined) return "too many"
  let isOpen = false
  for (const clause of clauses) {
    const outcomes = clause.map(({ requirement: { provider }, turn }) => {
      if (provider.kind === "env") return (bits[Number(provider.names[0])] ?? false) !== (turn === "opposite")
      if (turn === "opposite") return !hasUser
      return hasUser || (turn === "restored" ? false : undefined)
    })
    if (outcomes.includes(true)) continue
    if (!outcomes.includes(undefined)) return "denied"
    isOpen = true
  }
  return isOpen ? "no user" : "granted"
}

test("clauses come out as httpd's own walk over its lists does, with a user and without", () => {
  fc.assert(
    fc.property(
      group.map((it) => written(it, "any")),
      fc.constantFrom("GET", "POST"),
      fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      fc.boolean(),
      (root, method, bits, hasUser) => {
        const said = apply(root, "all", method, ({ provider }) => {
          if (provider.kind === "env") return bits[Number(provider.names[0])] === true ? "granted" : "denied"
          return hasUser ? "granted" : "no user"
        })
        const judged = byClauses(root, method, bits, hasUser)
        fc.pre(judged !== "too many")
        expect(judged).toBe(said === "neutral" ? "denied" : said)
      },
    ),
    { numRuns: 3000 },
  )
})

test("a later list replaces an earlier one unless it is told to join it", () => {
  const list = (name: string): Group => ({
    kind: "group",
    op: "any",
    isNegated: false,
    children: [
      {
        kind: "requirement",
        isNegated: false,
        methods: ALL_METHODS,
        provider: { kind: "env", names: [name] },
        directive: DIRECTIVE,
      },
    ],
  })
  const before = { root: list("a") }
  expect(mergeAuthorization(before, { root: list("b") })?.root).toEqual(list("b"))
  expect(mergeAuthorization(before, { root: list("b"), merging: "and" })?.root?.op).toBe("all")
  expect(mergeAuthorization(before, { root: list("b"), merging: "or" })?.root?.children).toEqual([list("a"), list("b")])
  expect(mergeAuthorization(before, { forbidsOnFailure: true })?.root).toEqual(list("a"))
  expect(mergeAuthorization(before, { merging: "off" })?.root).toBeUndefined()
})
