import { describe, expect, test } from "bun:test"
import { explainHttpd } from "./httpd/explain.ts"
import type { HttpdModel } from "./httpd/model.ts"
import { model, request } from "./httpd/site.fixture.ts"
import type { Remedy } from "./patch.ts"

const OPEN = "DocumentRoot /srv/www\n<Directory /srv/www>\n  AllowOverride All\n  Require all granted\n</Directory>\n"
const CLOSED = "<Directory /srv/www/admin>\n  Require ip 10.0.0.0/8\n</Directory>\n"

function remediesOf(of: HttpdModel, target: string): readonly Remedy[] {
  const asked = request(target)
  const judged = of.judge(asked)
  if (judged.kind !== "refuses") throw new Error(`${target} is not refused but ${judged.kind}`)
  return explainHttpd(of, asked, judged).remedies
}

describe("what is proposed first", () => {
  test("is an exception for one address, where no other rule is passed by it", () => {
    const [first] = remediesOf(model(`${OPEN}<Directory /srv/www>\n  Require all denied\n</Directory>\n`), "/a.html")
    expect(first?.does).toMatch(/^Add "Require ip 192\.0\.2\.7"/)
  })

  test("lets nobody past another rule: an exception in a section that overrides them all would", () => {
    const [first, second] = remediesOf(
      model(`${OPEN}${CLOSED}<Location />\n  Require all denied\n</Location>\n`),
      "/a.html",
    )
    expect(first?.does).toBe('Take "Require all denied" out')
    expect(first?.admits).not.toContain("/admin")
    expect(second?.admits).toContain("/admin")
  })

  test("shows no list of files where one file is enough", () => {
    const found = remediesOf(model(OPEN), "/empty/")
    expect(found.map((it) => it.does)).toEqual([
      "Put a file at /srv/www/empty/index.html",
      "Grant Indexes in <Directory /srv/www>",
    ])
  })
})
