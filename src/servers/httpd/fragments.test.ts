import { expect, test } from "bun:test"
import { reader } from "../files/tree.fixture.ts"
import type { FileTree } from "../files/tree.ts"
import { configurationOf, type FragmentOptions, type Piece, trusting } from "./fragments.ts"
import { HttpdModel } from "./model.ts"
import { outcome, request } from "./site.fixture.ts"

const NOTHING_KNOWN: FileTree = { at: () => "unknown", names: () => "unknown" }

function asked(pieces: readonly Piece[], target: string, options: FragmentOptions = {}): string {
  const configuration = configurationOf(pieces, options)
  if (configuration === undefined) return "nothing"
  const tree = trusting(NOTHING_KNOWN, configuration)
  return outcome(new HttpdModel({ configuration, tree, reader: reader(33, 33) }), request(target))
}

test("two blocks alone tell why a site outside of them is refused", () => {
  const pieces = [
    {
      name: "config[0]",
      text: "<Directory />\n Options FollowSymLinks\n AllowOverride None\n Require all denied\n</Directory>",
    },
    {
      name: "config[1]",
      text: "<Directory /var/www/>\n Options Indexes FollowSymLinks\n AllowOverride None\n Require all granted\n</Directory>",
    },
  ]
  expect(asked(pieces, "/index.php", { documentRoot: "/srv/customers/a" })).toBe(
    "403 apache/docroot-outside-granted-tree",
  )
  expect(asked(pieces, "/index.php", { documentRoot: "/var/www/a" })).toBe("200 file")
})

test("lines of a .htaccess are read as one, whether it is named or not", () => {
  const text = "RewriteEngine On\nRewriteCond %{HTTP_REFERER} !example\\.org\nRewriteRule \\.(png|jpg)$ - [F]\n"
  expect(asked([{ name: "config[0]", text }], "/a.png")).toBe("403 apache/rewrite-forbidden")
  expect(asked([{ name: ".htaccess", text: "Order allow,deny\nDeny from all\n" }], "/a.png")).toBe(
    "403 apache/compat-deny",
  )
})

test("no piece is no configuration", () => {
  expect(configurationOf([])).toBeUndefined()
})
