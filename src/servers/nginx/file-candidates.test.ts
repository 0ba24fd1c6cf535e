import { expect, test } from "bun:test"
import { directory, file, link, reader, treeOf } from "../files/tree.fixture.ts"
import { remedies } from "../remedies.ts"
import { asked, FILE } from "./any-request.fixture.ts"
import { NginxModel } from "./model.ts"
import { neighboursOf } from "./neighbours.ts"

const files = treeOf({
  "/": directory(0o755),
  "/srv": directory(0o755),
  "/srv/page": directory(0o755),
  "/srv/page/index.html": file(0o644),
  "/srv/program": directory(0o755),
  "/srv/program/index.php": file(0o644),
  "/srv/alias": link("page"),
  "/srv/a.html": link("page/index.html"),
})

function does(lines: string, target: string): readonly string[] {
  const text = `http {\n${lines}\n}`
  const model = new NginxModel([{ file: FILE, text }], { files, reader: reader(33, 33) }, { isComplete: true })
  const request = asked(target)
  return remedies(model, request, neighboursOf(model, request)).map((it) => it.does)
}

test("an index that is there is named, before one is made up or the directory is listed", () => {
  expect(does("server {\nroot /srv;\nindex main.html;\n}", "/page/")).toEqual([
    "Name `index.html`, which is there, in `index`",
    "Create /srv/page/main.html",
    "Show the list of files in `server`",
  ])
})

test("a program is not named as an index, as its source would be shown", () => {
  expect(does("server {\nroot /srv;\n}", "/program/").join()).not.toContain("index.php")
})

test("an index for a link to a directory is made in the directory", () => {
  expect(does("server {\nroot /srv;\nindex main.html;\n}", "/alias/")).toContain("Create /srv/page/main.html")
})

test("links are followed in the location that needs it, before they are for all", () => {
  const found = does("disable_symlinks on;\nserver {\nroot /srv;\nlocation / {\n}\n}\nserver {\n}", "/a.html")
  expect(found.slice(0, 2)).toEqual([
    "Write `disable_symlinks if_not_owner` in `location /`",
    "Write `disable_symlinks off` in `location /`",
  ])
})
