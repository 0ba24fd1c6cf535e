import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { showEntry } from "../entry-text.ts"
import { readListing } from "./listing.ts"
import { FILE_PARSERS } from "./parsers.fixture.ts"

/** What is read, one line an entry. */
function seen(text: string, base?: string): readonly string[] {
  const { tree, names, paths } = readListing(text, { from: "ls", ...(base === undefined ? {} : { base }) })
  return paths.map((path) => {
    const entry = tree.at(path)
    if (typeof entry === "string") return `${path} ${entry}`
    // Numbers given to names are of no matter here.
    return `${path} ${entry.kind} ${showEntry(entry, names).replace(/-\d+\(/g, "(")}`
  })
}

describe("forms no tool of this machine writes are read", () => {
  test.each([
    ["drwxr-xr-x    2 root     root          4096 Jan  1 12:00 /srv", "/srv directory drwxr-xr-x 0(root) 0(root)"],
    [
      "drwxr-x---@ 5 bob  staff  160 Jan  1 12:00:00 2024 /Users/bob/My Sites",
      "/Users/bob/My Sites directory drwxr-x--- (bob) (staff)",
    ],
    ["-rw-------  1 bob  staff  1,5K  1 janv. 12:00 /srv/a", "/srv/a file -rw------- (bob) (staff)"],
    ["-rw-------. 1 a b system_u:object_r:t:s0:c1,c2 4.0K 11月 21 16:07 /srv/a b", "/srv/a b file -rw------- (a) (b)"],
    [
      "drwxr-xr-x. root root system_u:object_r:httpd_sys_content_t:s0 /srv/html",
      "/srv/html directory drwxr-xr-x 0(root) 0(root)",
    ],
    ["crw-rw---- 1 root tty 4, 1 Nov 21  2023 /dev/tty1", "/dev/tty1 other crw-rw---- 0(root) (tty)"],
    [
      '16777220 85 drwxr-x--- 6 root wheel 0 192 "Jan  1 00:00:00 2024" "Jan  1 00:00:00 2024" "Jan  1 00:00:00 2024" "Jan  1 00:00:00 2024" 4096 0 0x80000 /etc',
      "/etc directory drwxr-x--- 0(root) (wheel)",
    ],
    ["\u001b[0mdrwxr-xr-x 2 a b 4096 Jan  1 12:00 \u001b[01;34m/srv\u001b[0m\r", "/srv directory drwxr-xr-x (a) (b)"],
  ])("%s", (line, expected) => expect(seen(line)).toEqual([expected]))

  test("stat of older GNU in another language, and of BSD", () => {
    const old =
      "  Datei: ‘/var/www’\n  Größe: 4096      \tBlöcke: 8          EA Block: 4096   Verzeichnis\nGerät: 801h/2049d\tInode: 1  Verknüpfungen: 3\nZugriff: (0750/drwxr-x---)  Uid: ( 1000/     ann)   Gid: (   33/www-data)"
    expect(seen(old)).toEqual(["/var/www directory drwxr-x--- 1000(ann) 33(www-data)"])
    const bsd =
      '  File: "/srv/l"\n  Size: 11           FileType: Symbolic Link\n  Mode: (0755/lrwxr-xr-x)         Uid: (    0/    root)  Gid: (    0/   wheel)'
    expect(seen(bsd)).toEqual(["/srv/l link lrwxr-xr-x 0(root) 0(root)"])
  })

  test("getfacl of a directory, known by its defaults", () => {
    const text =
      "# file: srv/www\n# owner: ann\n# group: web\n# flags: -st\nuser::rwx\nuser:bob:rwx #effective:r-x\ngroup::r-x\nmask::r-x\nother::---\ndefault:user::rwx"
    expect(seen(text)).toEqual(["/srv/www directory drwxr-s--T+ (ann) (web) user:(bob):rwx group::r-x mask::r-x"])
  })

  test("names in a pasted session lie where its prompt and its command say", () => {
    const session =
      "root@web1:/var/www# ls -l html\ntotal 4\n-rw------- 1 root root 12 Nov 21 16:07 a.html\nroot@web1:/srv# ls -l\n-rw-r--r-- 1 root root 12 Nov 21 16:07 b.html\n$ cd /opt\n$ ls -ld www\ndrwxr-x--- 2 ann ann 4096 Nov 21 16:07 www"
    expect(seen(session).map((it) => it.split(" ")[0])).toEqual(["/var/www/html/a.html", "/srv/b.html", "/opt/www"])
  })

  test.each([
    ["docker exec web ls -l /srv", "/srv/a"],
    ["root@host [ ~ ]# ls -l /srv", "/srv/a"],
    ["[root@host html]$ sudo ls -l '/srv'", "/srv/a"],
    ["ann@pc ~/site> ls -l /srv/", "/srv/a"],
    ["$ kubectl exec -it pod -- ls -l /srv", "/srv/a"],
    ["ls -l /srv /opt", undefined],
    ["ls of the directory /srv", undefined],
  ])("%s", (command, path) => {
    const [found] = seen(`${command}\n> -rw-r--r-- 1 root root 12 Nov 21 16:07 a`)
    expect(found?.split(" ")[0]).toBe(path)
  })

  test("where a column is missing, path and mode are still certain", () => {
    expect(seen("-rw-r--r-- 1 root 12 Nov 21 16:07 /srv/b.html")).toEqual(["/srv/b.html file -rw-r--r-- ? ?"])
  })

  test("names without a place are left out, and so is what has no date before its name", () => {
    expect(seen("-rw-r--r-- 1 root root 12 Nov 21 16:07 b.html")).toEqual([])
    expect(seen("-rw-r--r-- 1 root root 12 sometime b.html", "/srv")).toEqual([])
    expect(seen("-rw-r--r-- 1 root root 12 Nov 21 16:07 b.html", "/srv")).toEqual([
      "/srv/b.html file -rw-r--r-- 0(root) 0(root)",
    ])
  })
})

describe("a sentence is read as far as it is certain", () => {
  test.each([
    ["/home/user/web drwx--x--- (710)", ["/home/user/web directory drwx--x--- ? ?"]],
    ["/some/path 755, posts.html 755, owner = nginx user", ["/some/path directory drwxr-xr-x (nginx) ?"]],
    ["/some/path 755, owner www-data", ["/some/path directory drwxr-xr-x (www-data) ?"]],
    ["the directory /srv/x.y has mode 0700 and is owned by ann", ["/srv/x.y directory drwx------ (ann) ?"]],
    ["/srv/a.html is -rw-r----- root:web", ["/srv/a.html file -rw-r----- 0(root) (web)"]],
    ["/srv 700; /srv/a.html 644", ["/srv directory drwx------ ? ?", "/srv/a.html file -rw-r--r-- ? ?"]],
  ])("%s", (line, expected) => expect(seen(line)).toEqual(expected))

  test.each([
    "root dir www-data:www-data, 775",
    "GET /admin 403",
    "http://example.org/a 755",
    "/a /b 755",
    "/srv 755 or 700",
    "2024/05/01 12:00 GET /x 200 612",
    "nginx listens on /run/x.sock:8080",
    "/srv 2017",
  ])("%s: nothing", (line) => expect(seen(line)).toEqual([]))
})

describe("whatever is thrown at them", () => {
  const pieces = fc.constantFrom(
    "drwxr-xr-x ",
    "-rw-r--r--+ ",
    "lrwxrwxrwx ",
    "1 ",
    "root ",
    "a/b ",
    "4096 ",
    "4, 1 ",
    "Nov ",
    "21 ",
    "16:07 ",
    "2024-01-01 ",
    "/srv/www ",
    "name ",
    " -> ",
    "../x ",
    "..",
    ".",
    "\n",
    "\n",
    "f: /a/b\n",
    "f: a\n",
    "# file: srv\n",
    "user::rwx\n",
    "user:bob:r-x\n",
    "group::r--\n",
    "mask::---\n",
    "other::r-x\n",
    "default:user::rwx\n",
    "  File: /x\n",
    "  Size: 1 \tBlocks: 0\n",
    "Access: (0755/drwxr-xr-x)  Uid: (    0/    root)   Gid: (    0/    root)\n",
    "total 8\n",
    "/srv:\n",
    "./a:\n",
    "root@h:/srv# ls -la\n",
    "$ cd ..\n",
    "755 ",
    "owner ann ",
    "'",
    "\\040",
    "\u0000",
    "\u001b[31m",
    "\ud800",
    "…",
    "\r",
  )
  const text = fc
    .array(fc.oneof({ weight: 6, arbitrary: pieces }, fc.string()), { maxLength: 60 })
    .map((it) => it.join(""))

  test.each(FILE_PARSERS.map((it) => [it.name, it.parse] as const))("%s does not throw", (_, parse) => {
    fc.assert(
      fc.property(text, (it) => void parse(it)),
      { numRuns: 3000 },
    )
  })

  test("every path is absolute and every entry says where it was read", () => {
    fc.assert(
      fc.property(text, (it) => {
        const { tree, paths } = readListing(it, { from: "ls", base: "/srv" })
        for (const path of paths) {
          expect(path).toMatch(/^\/(?:$|[^/])/)
          const entry = tree.at(path)
          expect(typeof entry === "object" && entry.source.line).toBeGreaterThan(0)
        }
      }),
    )
  })

  test("a way that goes down for ever ends where a path must", () => {
    const paths = readListing(`f: /\ndrwxr-xr-x root root /\n${"drwxr-xr-x root root a\n".repeat(10_000)}`, {
      from: "ls",
    }).paths
    expect(paths).toHaveLength(2049)
    expect(paths.at(-1)).toHaveLength(4096)
  })

  test("what is far too long is read as far as the bounds go", () => {
    const line = "-rw-r--r-- 1 root root 12 Nov 21 16:07 /srv/a\n"
    expect(seen(`${line}${"\n".repeat(300_000)}-rw-r--r-- 1 root root 12 Nov 21 16:07 /srv/b`)).toHaveLength(1)
    expect(seen(`-rw-r--r-- 1 root root 12 Nov 21 16:07 /${"x".repeat(10_000)}`)).toEqual([])
  })
})
