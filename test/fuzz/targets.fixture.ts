import { PARSERS } from "../../src/exhibits/parsers.fixture.ts"
import { FILE_PARSERS } from "../../src/servers/files/listing/parsers.fixture.ts"
import { evaluate } from "../../src/servers/httpd/settings/evaluate-expression.ts"
import { readExpression } from "../../src/servers/httpd/settings/expression.ts"
import { patternOf as httpdPattern } from "../../src/servers/httpd/settings/pattern.ts"
import { readMessage } from "../../src/servers/modsecurity/message.ts"
import { readSettings } from "../../src/servers/modsecurity/settings.ts"
import { patternOf as nginxPattern } from "../../src/servers/values/pattern.ts"
import { readDocument } from "../../src/text/document.ts"
import { printFaults } from "../../src/text/fault.ts"
import { diagnoseText, diagnoseWhole, probeText } from "./answers.fixture.ts"
import { MODEL_TARGETS } from "./models.fixture.ts"
import type { Family } from "./seeds.fixture.ts"
import { httpdSite, nginxSite } from "./sites.fixture.ts"

/** Something that reads hostile text. */
export interface Target {
  readonly name: string
  readonly family: Family
  /** Must neither throw nor answer with a rejection, whatever the text. */
  parse(text: string): unknown
}

/** First line as the text, the rest as the pattern. */
const matching = (patternOf: (written: string, isCaseless?: boolean) => { match(text: string): unknown }) => {
  return (text: string): unknown => {
    const at = text.indexOf("\n")
    const pattern = at === -1 ? text : text.slice(0, at)
    return patternOf(pattern, false).match(at === -1 ? text : text.slice(at + 1))
  }
}

function documentOf(text: string): void {
  const { faults } = readDocument(text, "pinpoint.yaml", { HOME: "/root" })
  printFaults(faults, text, { color: true })
}

const FAMILIES: Readonly<Record<string, Family>> = {
  case: "case",
  log: "log",
  "joined log": "log",
  "log line": "log",
  "declared log formats": "nginx",
  "exhibit: log": "log",
  "exhibit: config": "nginx",
  "exhibit: files": "listing",
}

export const TARGETS: readonly Target[] = [
  ...PARSERS.map(({ name, parse }): Target => ({ name, family: FAMILIES[name] ?? "any", parse })),
  ...FILE_PARSERS.map(({ name, parse }): Target => ({ name: `files: ${name}`, family: "listing", parse })),
  { name: "ModSecurity message", family: "log", parse: readMessage },
  { name: "ModSecurity settings", family: "httpd", parse: (text) => readSettings([text]) },
  { name: "httpd expression", family: "expression", parse: (text) => evaluate(readExpression(text), ECHO) },
  { name: "nginx pattern", family: "expression", parse: matching((it) => nginxPattern(it, false)) },
  { name: "httpd pattern", family: "expression", parse: matching(httpdPattern) },
  { name: "nginx judge", family: "nginx", parse: nginxSite },
  { name: "httpd judge", family: "httpd", parse: (text) => httpdSite(text, "") },
  { name: ".htaccess judge", family: "httpd", parse: (text) => httpdSite(OPEN, text) },
  { name: "diagnosis of a case", family: "case", parse: diagnoseWhole },
  { name: "diagnosis of a text as every part", family: "any", parse: diagnoseText },
  { name: "probe", family: "url", parse: probeText },
  { name: "YAML document", family: "yaml", parse: documentOf },
  ...MODEL_TARGETS,
]

const OPEN = "<Directory />\n  AllowOverride All\n  Require all granted\n</Directory>\n"

const ECHO = { variable: (name: string) => name.repeat(50), call: (name: string, of: string) => `${name}${of}` }
