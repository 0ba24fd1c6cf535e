import { describe, expect, test } from "bun:test"
import type { ServerRequest } from "../request.ts"
import { asked, FILE, machineWith } from "./any-request.fixture.ts"
import { explainNginx } from "./explain.ts"
import { NginxModel } from "./model.ts"

const machine = machineWith({ "/srv/": 0o755, "/srv/a.txt": 0o644, "/srv/dir/": 0o755, "/srv/dir/b.txt": 0o644 })
const inServer = (lines: string): NginxModel =>
  new NginxModel([{ file: FILE, text: `http {\nserver {\nlisten 80;\nroot /srv;\n${lines}\n}\n}` }], machine, {
    isComplete: true,
  })

function explained(model: NginxModel, request: ServerRequest) {
  const judged = model.judge(request)
  if (judged.kind !== "refuses") throw new Error(`it was to be refused, and is: ${judged.kind}`)
  return explainNginx(model, request, judged)
}
const places = (model: NginxModel, target: string): readonly string[] =>
  explained(model, asked(target)).evidence.map(({ at }) => `${at.file}:${at.line ?? ""}`)

describe("a directory without an index is told with", () => {
  test("the directory itself, and the line that says where files are", () => {
    const told = places(inServer("location /dir/ {\n  expires 1d;\n}"), "/dir/")
    expect(told).toContain("/srv/dir:")
    expect(told).toContain(`${FILE}:4`)
  })

  test("the line that keeps its list back", () => {
    expect(places(inServer("location /dir/ {\n  autoindex off;\n}"), "/dir/")).toContain(`${FILE}:6`)
  })

  test("the line of try_files that chose it", () => {
    expect(places(inServer("location / {\n  try_files $uri $uri/ =404;\n}"), "/dir/")).toContain(`${FILE}:6`)
  })
})

describe("a refusal by auth_request", () => {
  const GATE = "location = /gate {\n  internal;\n  return 403;\n}\n"

  test("is told with the line that refused the sub-request", () => {
    const told = places(inServer(`${GATE}location / {\n  auth_request /gate;\n}`), "/a.txt")
    expect(told.slice(0, 2)).toEqual([`${FILE}:10`, `${FILE}:7`])
  })

  test("is mended for one address first, then for all", () => {
    const { remedies } = explained(inServer(`${GATE}location / {\n  auth_request /gate;\n}`), asked("/a.txt"))
    expect(remedies.map((it) => it.does)).toEqual([
      "Let 192.0.2.7 in by its address alone, before line 10",
      "Let the sub-request pass in line 7",
      "Remove `auth_request` in line 10",
    ])
    expect(remedies[0]?.admits).not.toContain("from 203.0.113.9")
    expect(remedies[1]?.admits).toContain("from 203.0.113.9")
  })

  test("adds no address to a list that decides already", () => {
    const model = inServer(`${GATE}location / {\n  deny 10.0.0.1;\n  auth_request /gate;\n}`)
    const { remedies } = explained(model, asked("/a.txt"))
    expect(remedies.map((it) => it.does)[0]).toBe("Let the sub-request pass in line 7")
  })
})
