import { expect, test } from "bun:test"
import { diagnoseModsecurity } from "./diagnose.ts"
import { exhibitsOf } from "./lines.fixture.ts"

const RULE = `[file "/crs/REQUEST-941-APPLICATION-ATTACK-XSS.conf"] [line "83"] [id "941110"] [msg "XSS Filter"] [data "Matched Data: <script> found within ARGS:q: <script>"] [severity "CRITICAL"] [ver "OWASP_CRS/3.3.4"] [tag "paranoia-level/1"]`
const SUM = `[file "/crs/REQUEST-949-BLOCKING-EVALUATION.conf"] [line "94"] [id "949110"] [msg "Inbound Anomaly Score Exceeded (Total Score: 5)"] [severity "CRITICAL"] [ver "OWASP_CRS/3.3.4"]`
const MESSAGES = [
  `Warning. Pattern match "(?i)<script" at ARGS:q. ${RULE}`,
  `Access denied with code 403 (phase 2). Operator GE matched 5 at TX:anomaly_score. ${SUM}`,
]

const expected = {
  code: "waf/modsecurity/crs-false-positive",
  score: { stated: 5, counted: 5, contributions: [{ rule: 941110, target: "ARGS:q" }] },
  unknown: [],
}

test("a record of a serial audit log is one request, with its method and target", () => {
  const lines = [
    "--3bd27622-A--",
    "[21/Nov/2026:15:51:24.671716 +0000] awG9_NaA7YMjRhE-2l1_VwAAAII 192.0.2.7 56018 192.0.2.1 80",
    "--3bd27622-B--",
    "POST /notes?draft=1 HTTP/1.1",
    "Host: a.example",
    "",
    "--3bd27622-H--",
    ...MESSAGES.map((it) => `Message: ${it}`),
    `Apache-Error: [file "apache2_util.c"] [line 275] [level 3] [client 192.0.2.7] ModSecurity: ${MESSAGES[0]}`,
    "Action: Intercepted (phase 2)",
    "--3bd27622-Z--",
  ]
  const [finding] = diagnoseModsecurity(exhibitsOf(lines))
  expect(finding).toMatchObject({ ...expected, weight: "proof" })
  const written = finding?.fixes[0]?.written
  expect(written).toContain('REQUEST_METHOD "@streq POST"')
  expect(written).toContain('REQUEST_FILENAME "@streq /notes"')
})

test("a record in JSON of ModSecurity 2 holds sentences, and is quoted as it stands", () => {
  const record = JSON.stringify({
    transaction: { time: "21/Nov/2026", transaction_id: "awHE3LzamFQgJLo", remote_address: "192.0.2.7" },
    request: { request_line: "GET /notes?q=%3Cscript%3E HTTP/1.1", headers: { Host: "a.example" } },
    audit_data: { messages: MESSAGES, action: { intercepted: true, phase: 2 } },
  })
  const [finding] = diagnoseModsecurity(exhibitsOf([record]))
  expect(finding).toMatchObject(expected)
  for (const { quote } of finding?.evidence ?? []) expect(record).toContain(quote)
  expect(finding?.evidence[0]?.quote).toBe('[id \\"949110\\"]')
})

test("a record in JSON of ModSecurity 3 holds details", () => {
  const detail = (ruleId: string, message: string, match: string, data: string) => ({
    message,
    details: {
      match,
      reference: "v11,8",
      ruleId,
      file: "/crs/a.conf",
      lineNumber: "38",
      data,
      severity: "2",
      ver: "OWASP_CRS/3.3.4",
      rev: "",
      tags: ["paranoia-level/1"],
    },
  })
  const record = JSON.stringify({
    transaction: {
      client_ip: "192.0.2.7",
      unique_id: "179527804360.146176",
      request: { method: "GET", http_version: 1.1, uri: "/notes?q=%3Cscript%3E", headers: {} },
      messages: [
        detail(
          "941110",
          "XSS Filter",
          "Matched \"Operator `Rx' with parameter `<script' against variable `ARGS:q' (Value: `<script>' )",
          "Matched Data: <script found within ARGS:q: <script>",
        ),
        detail(
          "949110",
          "Inbound Anomaly Score Exceeded (Total Score: 5)",
          "Matched \"Operator `Ge' with parameter `5' against variable `TX:ANOMALY_SCORE' (Value: `5' )",
          "",
        ),
      ],
    },
  })
  const [finding] = diagnoseModsecurity(exhibitsOf([record]))
  expect(finding).toMatchObject({ ...expected, weight: "proof" })
  expect(finding?.evidence.map((it) => it.quote)).toEqual(['"ruleId":"949110"', '"ruleId":"941110"'])
})

test("a record in JSON of Coraza holds data beside the transaction", () => {
  const message = (id: number, msg: string, data: string) => ({
    actionset: "",
    message: msg,
    error_message: "",
    data: {
      file: "/crs/a.conf",
      line: 38,
      id,
      rev: "",
      msg,
      data,
      severity: 2,
      ver: "OWASP_CRS/4.0.0",
      tags: ["paranoia-level/1"],
      raw: "",
    },
  })
  const record = JSON.stringify({
    transaction: {
      id: "kXhIyvnWGGYQ",
      client_ip: "192.0.2.7",
      request: { method: "GET", uri: "/notes?q=1", headers: {} },
      is_interrupted: true,
    },
    messages: [
      message(941110, "XSS Filter", "Matched Data: <script found within ARGS:q: <script>"),
      message(949110, "Inbound Anomaly Score Exceeded (Total Score: 5)", ""),
    ],
  })
  const [finding] = diagnoseModsecurity(exhibitsOf([record]))
  expect(finding).toMatchObject({ code: "waf/coraza/rule-match", score: expected.score })
})

test("an engine that only detects says so in JSON, and then nothing was refused", () => {
  const data = { id: 949110, msg: "Inbound Anomaly Score Exceeded (Total Score: 5)", data: "", severity: 2, tags: [] }
  const record = (more: object): string =>
    JSON.stringify({ transaction: { id: "a", request: { uri: "/" }, ...more }, messages: [{ data }] })
  expect(diagnoseModsecurity(exhibitsOf([record({ is_interrupted: true })]))).toHaveLength(1)
  expect(diagnoseModsecurity(exhibitsOf([record({ is_interrupted: false })]))).toEqual([])
  expect(diagnoseModsecurity(exhibitsOf([record({ producer: { rule_engine: "DetectionOnly" } })]))).toEqual([])
})

test("what only begins like a record is none", () => {
  for (const line of [
    '{"transaction":',
    '{"transaction":{}}',
    '{"transaction":{"messages":[null,1,{"details":{}}]}}',
    '{"transaction":{"messages":{"a":1}},"messages":"x"}',
  ])
    expect(diagnoseModsecurity(exhibitsOf([line]))).toEqual([])
})
