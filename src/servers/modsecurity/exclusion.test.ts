import { expect, test } from "bun:test"
import { assert, constantFrom, property, string } from "fast-check"
import { exclusionOf, freeId } from "./exclusion.ts"
import { grantFor } from "./grant.ts"
import type { Engine } from "./message.ts"
import { placeOf } from "./place.ts"

const ENGINES = ["modsecurity-2", "modsecurity-3", "coraza"] as const

test("one field of one rule at one path and method is excluded, in phase 1, before the rules", () => {
  const place = { path: "/notes", method: "POST" }
  const exclusion = exclusionOf([grantFor(933160, "ARGS:text", "modsecurity-2")], place, "modsecurity-2", new Set())
  expect(exclusion?.written).toBe(`SecRule REQUEST_METHOD "@streq POST" \\
    "id:1000,\\
    phase:1,\\
    pass,\\
    nolog,\\
    t:none,\\
    chain"
    SecRule REQUEST_FILENAME "@streq /notes" \\
        "t:none,\\
        ctl:ruleRemoveTargetById=933160;ARGS:text"`)
  expect(exclusion?.file).toBe("REQUEST-900-EXCLUSION-RULES-BEFORE-CRS.conf")
  expect(exclusion?.admits).toContain("what rule 933160 finds in ARGS:text; in POST /notes")
})

test("without a path, a named field is taken from the rule for all paths, after the rule was read, and more than that is not", () => {
  const exclusion = exclusionOf([grantFor(933160, "ARGS:text", "modsecurity-3")], {}, "modsecurity-3", new Set())
  expect(exclusion?.written).toBe('SecRuleUpdateTargetById 933160 "!ARGS:text"')
  expect(exclusion?.position).toBe("after")
  for (const target of [undefined, "ARGS:a,b", "ARGS:a|b"])
    expect(exclusionOf([grantFor(933160, target, "modsecurity-2")], {}, "modsecurity-2", new Set())).toBeUndefined()
})

test("a path is compared as the engine has it: encoded in ModSecurity 2, decoded in the others", () => {
  const written = (engine: Engine): string | undefined =>
    exclusionOf([grantFor(941100, "ARGS:a", engine)], { path: "/caf%C3%A9%20b" }, engine, new Set())?.written
  expect(written("modsecurity-2")).toContain('"@streq /caf%C3%A9%20b"')
  expect(written("modsecurity-3")).toContain('"@rx ^/caf\\xc3\\xa9\\x20b$"')
})

test("a name that an engine cannot write is covered by its collection, and what a chain computed by the rule", () => {
  expect(grantFor(941100, "ARGS:two words", "modsecurity-2")).toEqual({
    kind: "target",
    rule: 941100,
    target: "ARGS:two words",
  })
  expect(grantFor(941100, "ARGS:two words", "modsecurity-3")).toEqual({
    kind: "collection",
    rule: 941100,
    target: "ARGS",
  })
  for (const name of ["a,b", "a;b", "it's", 'x"y', "%{tx.a}", "naïve", "a\\b", ""])
    expect(grantFor(941100, `ARGS:${name}`, "modsecurity-2")).toEqual({
      kind: "collection",
      rule: 941100,
      target: "ARGS",
    })
  for (const target of ["TX:extension", "MATCHED_VARS:ARGS:a", undefined])
    expect(grantFor(941100, target, "modsecurity-2")).toEqual({ kind: "rule", rule: 941100 })
  expect(grantFor(920240, "REQUEST_BODY", "modsecurity-2")).toEqual({ kind: "rule", rule: 920240 })
})

test("numbers that rules have already are not given again", () => {
  expect(freeId(new Set([1000, 1001, 1003]))).toBe(1002)
})

/** A directive, its operator and its actions, with nothing that ends a quotation early or begins another line. */
const PIECES =
  /^(?: {4})?Sec(?:Rule [A-Z_]+ "@(?:streq|rx) [^"\n\\%]*(?:(?:\\x[0-9a-f]{2}|%(?!\{))[^"\n\\%]*)*"|Action) \\$/
const ACTION = /^ +"?[^"\\\n]+(?:,\\|")$/

test("whatever path and name a caller invents, what is written are the directives that were meant and no more", () => {
  const nasty = constantFrom(
    '"',
    "\\",
    "\n",
    "%{",
    "'",
    ",",
    ";",
    "$",
    `${"$"}{x}`,
    "#",
    "é",
    "a",
    "/",
    " ",
    "|",
    "\u0000",
  )
  const text = string({ unit: nasty, maxLength: 12 })
  assert(
    property(text, text, constantFrom(...ENGINES), (path, name, engine) => {
      const place = placeOf({ method: "POST", target: undefined, uri: `/${path}` })
      const exclusion = exclusionOf([grantFor(941100, `ARGS:${name}`, engine)], place, engine, new Set())
      for (const line of exclusion?.written.split("\n") ?? [])
        if (!/^SecRuleUpdateTargetById 941100 "!ARGS(?::[\w.[\]-]+)?"$/.test(line))
          expect(PIECES.test(line) || ACTION.test(line)).toBe(true)
    }),
  )
})
