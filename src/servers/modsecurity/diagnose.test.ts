import { expect, test } from "bun:test"
import { array, assert, constantFrom, property, record } from "fast-check"
import { assemble } from "../../exhibits/assemble.ts"
import { diagnoseModsecurity } from "./diagnose.ts"
import { denied2, denied3, exhibitsOf, line2, line3, lineCoraza } from "./lines.fixture.ts"

const request = { method: "POST", target: "/notes?x=1", headers: new Map(), areHeadersComplete: false } as const

test("a false positive is told with its rules and the exclusion that mends it, evidence standing in the lines", () => {
  const lines = [line2({ rule: 941100 }), line2({ rule: 941110 }), denied2(10)]
  const [finding, ...others] = diagnoseModsecurity(exhibitsOf(lines, { request }))
  expect(others).toEqual([])
  expect(finding).toMatchObject({
    code: "waf/modsecurity/crs-false-positive",
    weight: "proof",
    score: { stated: 10, counted: 10, threshold: 5, thresholdFrom: "line", direction: "inbound" },
    unknown: [],
  })
  for (const { from, quote } of finding?.evidence ?? [])
    expect(lines[Number(from.slice("error.log:".length)) - 1]).toContain(quote)
  const [fix] = finding?.fixes ?? []
  expect(fix?.written).toContain(
    "ctl:ruleRemoveTargetById=941100;ARGS:comment,\\\n        ctl:ruleRemoveTargetById=941110;ARGS:comment",
  )
  expect(fix?.written).toContain('REQUEST_FILENAME "@streq /notes"')
  expect(finding?.unwise.map((it) => it.does).join()).toContain("SecRuleEngine Off")
})

test("only what has to go is excluded, and the named field rather than the rule", () => {
  const lines = [
    line2({ rule: 920350, target: "REQUEST_HEADERS:Host", severity: "WARNING" }),
    line2({ rule: 942110, target: "ARGS:q", severity: "WARNING" }),
    line2({ rule: 942430, target: "TX:1", severity: "WARNING" }),
    denied2(9, {}, 7),
  ]
  const [finding] = diagnoseModsecurity(exhibitsOf(lines, { request }))
  const written = finding?.fixes.flatMap((it) => it.written ?? []) ?? []
  expect(written[0]).toContain("ctl:ruleRemoveTargetById=920350;REQUEST_HEADERS:Host")
  expect(written[0]).not.toContain("942")
  expect(written[1]).toContain("ctl:ruleRemoveTargetById=942110;ARGS:q")
  expect(finding?.fixes[0]).toMatchObject({ by: "caller", admits: "nobody else" })
})

test("where lines are missing, the part of the score they added is named, and they are asked for", () => {
  const [alone] = diagnoseModsecurity(exhibitsOf([denied3(15)], { request }))
  expect(alone).toMatchObject({ code: "waf/modsecurity/crs-false-positive", weight: "strong", fixes: [] })
  expect(alone?.unknown.join()).toContain("15 of the score 15")
  expect(alone?.next.ask).toContain("error_log … info")
  const [partly] = diagnoseModsecurity(exhibitsOf([line2({ rule: 941100 }), denied2(15)], { request }))
  expect(partly?.unknown.join()).toContain("10 of the score 15")
  expect(partly?.fixes).toEqual([])
})

test("ModSecurity 3 names one target of several: what is not named is covered by the rule", () => {
  const lines = [line3({ rule: 941110, target: "ARGS:r", ref: "v11,8v26,8" }), denied3(10)]
  const [finding] = diagnoseModsecurity(exhibitsOf(lines, { request }))
  expect(finding?.score).toMatchObject({ stated: 10, counted: 10 })
  expect(finding?.fixes[0]?.written).toContain("ctl:ruleRemoveById=941110")
  expect(finding?.unknown.join()).toContain("rule 941110 (1 of its matches)")
})

test("a method and a type are let in by one more entry in the list, for the path", () => {
  const method = line2({
    rule: 911100,
    sentence: 'Match of "within %{tx.allowed_methods}" against "REQUEST_METHOD" required.',
    data: "PUT",
  })
  const [put] = diagnoseModsecurity(exhibitsOf([method, denied2(5)]))
  expect(put).toMatchObject({ code: "waf/crs/method", weight: "proof" })
  expect(put?.fixes.find((it) => it.by === "operator")?.written).toContain(
    "setvar:'tx.allowed_methods=GET HEAD POST OPTIONS PUT'",
  )
  const type = line2({ rule: 920420, target: "TX:content_type", data: "|text/yaml|" })
  const config = `SecAction "id:900220,phase:1,setvar:'tx.allowed_request_content_type=|application/json|'"`
  const [yaml] = diagnoseModsecurity(exhibitsOf([type, denied2(5)], { request, config }))
  expect(yaml).toMatchObject({ code: "waf/crs/content-type" })
  expect(yaml?.fixes.find((it) => it.by === "operator")?.written).toContain("=|application/json| |text/yaml|'")
})

test("a numeric host alone does not refuse, and is no more than a nudge", () => {
  const line = line2({ rule: 920350, target: "REQUEST_HEADERS:Host", severity: "WARNING" })
  expect(diagnoseModsecurity(exhibitsOf([line]))).toMatchObject([
    { code: "waf/crs/host-ip-or-empty-ua", weight: "slight" },
  ])
})

test("a rule that refuses by itself is named, with what would come after it unknown", () => {
  const line = line2({ rule: 77001, isDenied: true, sentence: 'String match "forbidden" at ARGS:own.' }).replace(
    /\[ver.*(?=\[hostname)/,
    "",
  )
  const [finding] = diagnoseModsecurity(exhibitsOf([line], { request }))
  expect(finding).toMatchObject({ code: "waf/modsecurity/rule-match", weight: "proof" })
  expect(finding?.fixes[0]?.written).toContain("ctl:ruleRemoveTargetById=77001;ARGS:own")
  const [coraza] = diagnoseModsecurity(exhibitsOf([lineCoraza({ rule: 77001, isDenied: true })]))
  expect(coraza?.code).toBe("waf/coraza/rule-match")
})

test("a body that cannot be read is the sender's to mend, and nothing is excluded for it", () => {
  const line = line2({ rule: 200002, isDenied: true, sentence: 'Match of "eq 0" against "REQBODY_ERROR" required.' })
  const [finding] = diagnoseModsecurity(exhibitsOf([line], { request }))
  expect(finding?.code).toBe("waf/crs/body-parser-error")
  expect(finding?.fixes.map((it) => it.by)).toEqual(["caller"])
})

test("a rule's number alone speaks for what the rule is of, without an exclusion made up", () => {
  const [finding] = diagnoseModsecurity(exhibitsOf(['[id "933160"]']))
  expect(finding).toMatchObject({ code: "waf/modsecurity/crs-false-positive", weight: "strong" })
  expect(finding?.evidence[0]?.quote).toBe('[id "933160"]')
  expect(finding?.unknown.join()).toContain("the path of the request")
  expect(finding?.fixes).toMatchObject([
    { by: "operator", change: expect.stringContaining("ruleRemoveTargetById=933160") },
  ])
  expect(finding?.fixes[0]?.written).toBeUndefined()
})

test("an engine that only detects refused nothing", () => {
  expect(diagnoseModsecurity(exhibitsOf([line2({ rule: 941100 }), denied2(5, { isDenied: false })]))).toEqual([])
})

test("of several refused requests the one asked about is taken, and whom an exclusion lets in besides is said", () => {
  const lines = [
    line2({ rule: 941100, id: "other", client: "192.0.2.8" }),
    denied2(5, { id: "other", client: "192.0.2.8" }),
    line2({ rule: 941100, id: "elsewhere", uri: "/a" }),
    denied2(5, { id: "elsewhere", uri: "/a" }),
    line2({ rule: 941100, id: "asked" }),
    denied2(5, { id: "asked" }),
    line2({ rule: 932100, id: "attack", uri: "/b" }),
    denied2(5, { id: "attack", uri: "/b" }),
  ]
  const [finding] = diagnoseModsecurity(exhibitsOf(lines, { request }))
  expect(finding?.evidence[0]?.from).toBe("error.log:6")
  const fix = finding?.fixes.find((it) => it.written !== undefined)
  expect(fix).toMatchObject({ admitsSeen: ["request to /notes from 192.0.2.8 (other)"], asked: 3 })
})

test("a request that passed with a warning is not taken for the one that was refused", () => {
  const passed = line2({ rule: 920350, target: "REQUEST_HEADERS:Host", severity: "WARNING", id: "passed", uri: "/" })
  const [finding] = diagnoseModsecurity(exhibitsOf([line2({ rule: 941100 }), denied2(5), passed]))
  expect(finding).toMatchObject({ code: "waf/modsecurity/crs-false-positive", weight: "proof" })
})

test("another request's refusal says nothing of the one asked about", () => {
  const lines = [line2({ rule: 941100, uri: "/other" }), denied2(5, { uri: "/other" })]
  expect(diagnoseModsecurity(exhibitsOf(lines, { request }))).toEqual([])
})

test("of requests to one path, the one with the same query is meant", () => {
  const of = (id: string): readonly string[] => [
    line3({ rule: 941110, id }),
    denied3(5).replace("179527640099.181591", id),
  ]
  const lines = [...of("one"), ...of("two")]
  const events = exhibitsOf(lines).events.map((it, at) => ({ ...it, target: at < 2 ? "/notes?x=1" : "/notes?x=2" }))
  const [finding] = diagnoseModsecurity({ ...exhibitsOf(lines, { request }), events })
  expect(finding).toMatchObject({ weight: "proof", evidence: [{ from: "error.log:2" }, { from: "error.log:1" }] })
})

test("lines without an id are joined by client and path until one of them refuses", () => {
  const strip = (line: string): string => line.replace(/ \[unique_id "[^"]*"\]/, "")
  const lines = [
    line2({ rule: 941100 }),
    denied2(5),
    line2({ rule: 942100 }),
    line2({ rule: 942110 }),
    denied2(10),
  ].map(strip)
  const [finding] = diagnoseModsecurity(exhibitsOf(lines, { request }))
  expect(finding?.score).toMatchObject({ stated: 10, counted: 10 })
})

test("rules above the blocking paranoia level are logged and do not count", () => {
  const lines = [line2({ rule: 941100 }), line2({ rule: 942200, level: 2, target: "ARGS:q" }), denied2(5)]
  const [finding] = diagnoseModsecurity(exhibitsOf(lines, { request }))
  expect(finding?.score).toMatchObject({ counted: 5, uncounted: [{ rule: 942200 }] })
  expect(finding?.fixes[0]?.written).not.toContain("942200")
})

test("the threshold and scores of the configuration are used where no line says them", () => {
  const config = `SecAction "id:900110,phase:1,nolog,pass,setvar:tx.inbound_anomaly_score_threshold=10,\\
    setvar:tx.critical_anomaly_score=6"
#SecAction "id:900111,setvar:tx.inbound_anomaly_score_threshold=99"`
  const lines = [
    lineCoraza({ rule: 941100 }),
    lineCoraza({ rule: 941110 }),
    lineCoraza({ rule: 949110, isDenied: true, msg: "Inbound Anomaly Score Exceeded (Total Score: 12)", data: "" }),
  ]
  const [finding] = diagnoseModsecurity(exhibitsOf(lines, { config }))
  expect(finding).toMatchObject({
    code: "waf/coraza/rule-match",
    score: { stated: 12, counted: 12, threshold: 10, thresholdFrom: "configuration" },
  })
})

test("lines as they are assembled from what a person gives come to the same", () => {
  const lines = [line2({ rule: 941100 }), denied2(5)]
  const exhibits = assemble(lines.map((text, at) => ({ part: "log", from: `log_lines[${at}]`, text })))
  const [finding] = diagnoseModsecurity(exhibits)
  expect(finding).toMatchObject({ code: "waf/modsecurity/crs-false-positive", weight: "proof" })
  for (const { from, quote } of finding?.evidence ?? [])
    expect(exhibits.all.some((it) => it.from === from && it.text.includes(quote))).toBe(true)
})

test("any mixture of lines is diagnosed without a throw, and every quotation stands where it is said to", () => {
  const rule = constantFrom(
    911100,
    920350,
    920420,
    932100,
    941100,
    942110,
    949110,
    959100,
    980130,
    200002,
    77001,
    9_504_100,
  )
  const written = record({
    rule,
    target: constantFrom("ARGS:a", "ARGS:b,c", "TX:1", "REQUEST_COOKIES:s"),
    id: constantFrom("one", "two"),
    uri: constantFrom("/a", "/b c", '/"]'),
    isDenied: constantFrom(true, false),
    level: constantFrom<1 | 4>(1, 4),
  })
  const line = record({ written, as: constantFrom(line2, line3, lineCoraza) }).map(({ written: it, as }) => as(it))
  assert(
    property(array(line, { maxLength: 12 }), (lines) => {
      for (const { evidence } of diagnoseModsecurity(exhibitsOf(lines)))
        for (const { from, quote } of evidence)
          expect(lines[Number(from.slice("error.log:".length)) - 1]).toContain(quote)
    }),
  )
})
