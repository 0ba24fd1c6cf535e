import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { parseText, type Written } from "./parse.ts"

const shown = (written: readonly Written[]): unknown =>
  written.map((it) => [
    it.name.text,
    ...it.args.map((arg) => arg.text),
    ...(it.block === undefined ? [] : [shown(it.block)]),
  ])
const read = (text: string) => shown(parseText(text, "f").directives)

describe("the syntax of nginx", () => {
  test("words are read as nginx reads them", () => {
    expect(read(`a 'b c' "d\\"e" f\\ g ~\\.php$ \${x}y "$z{1}";`)).toEqual([
      ["a", "b c", 'd"e', "f\\ g", "~\\.php$", `$${"{x}y"}`, "$z{1}"],
    ])
    expect(read("a#b c; # d e;\nf;")).toEqual([["a#b", "c"], ["f"]])
    expect(read('if ($a ~ "^x;{2}$") { return 403; }')).toEqual([
      ["if", "($a", "~", "^x;{2}$", ")", [["return", "403"]]],
    ])
  })

  test("blocks of Lua are passed over whole", () => {
    expect(
      read(`location / { access_by_lua_block { local a = "}" -- }\n if x then { } end [[ } ]] } deny all; }`),
    ).toEqual([
      [
        "location",
        "/",
        [
          ["access_by_lua_block", []],
          ["deny", "all"],
        ],
      ],
    ])
  })

  test("every directive and word says where it stands", () => {
    const [server] = parseText("\n  server {\n\tdeny  all;\n}", "f").directives
    expect(server?.name).toMatchObject({ line: 2, column: 3 })
    expect(server?.block?.[0]?.name).toMatchObject({ line: 3, column: 2 })
    expect(server?.block?.[0]?.args[0]).toMatchObject({ line: 3, column: 8, start: 19, end: 22 })
  })

  test("faults name their place, and what can be read is read", () => {
    const cases: readonly (readonly [string, number, number, RegExp])[] = [
      ["a;\n}\nb;", 2, 1, /closes no block/],
      ["server {\n deny all;", 1, 1, /`server` is not closed/],
      ["a b", 1, 1, /ends inside a directive/],
      ["a 'b;", 1, 3, /not closed/],
      ["a;\n;", 2, 2, /stands where a directive begins/],
      ["a { b }", 1, 5, /inside a directive/],
    ]
    for (const [text, line, column, message] of cases) {
      const { faults } = parseText(text, "f")
      expect(faults[0]?.message).toMatch(message)
      expect(faults[0]?.source).toMatchObject({ file: "f", line, column })
      expect(faults[0]?.hint).toBeString()
    }
    expect(read("deny all")).toEqual([["deny", "all"]])
  })

  test("a part left out is no directive", () => {
    const { directives, gaps } = parseText("location / {\n  ...\n  deny all;\n}", "f")
    expect(shown(directives)).toEqual([["location", "/", [["deny", "all"]]]])
    expect(directives[0]?.gaps[0]?.at.line).toBe(2)
    expect(gaps).toEqual([])
  })

  test("anything is read without end or throw", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      ";",
      " ",
      "\n",
      '"',
      "'",
      "\\",
      "$",
      "${",
      "#",
      "a",
      "if",
      "_by_lua_block",
      "...",
      "[[",
      "]]",
      "--",
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const { faults, directives } = parseText(pieces.join(""), "f")
        expect(Array.isArray(directives)).toBe(true)
        for (const it of faults) expect(it.source.line).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })

  test("a hundred thousand braces take no longer than they are long", () => {
    expect(parseText("a{".repeat(100_000), "f").faults[0]?.message).toMatch(/nested/)
    expect(parseText("a;".repeat(100_000), "f").directives.length).toBe(100_000)
    expect(parseText("}".repeat(100_000), "f").faults.length).toBeLessThan(50)
  })
})
