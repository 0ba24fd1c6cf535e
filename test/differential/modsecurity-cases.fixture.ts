import type { Random } from "../random.fixture.ts"

/** One request as it goes over the wire, by a name people understand. */
interface Named {
  readonly name: string
  readonly method: string
  /** As sent, with query. */
  readonly target: string
  readonly wire: string
}

/** A generated request, and others beside it that an exclusion for it might let in. */
export interface Drawn extends Named {
  readonly probes: readonly Named[]
}

/** Texts that people write in fields and that rules take for attacks. */
const TEXTS = [
  "Use <script>alert(1)</script> to test it",
  "<a href=javascript:go()>click</a>",
  "<img src=x onerror=alert(1)>",
  "1' or 1=1-- -",
  "Please select name from users where id=1 union select 2",
  "it''s 'quoted' or 'a'='a",
  "see ../../../../etc/passwd for it",
  "call exec(foo) and system(ls) in the loop",
  "<?php echo $_GET['a']; ?>",
  "run ; cat /etc/passwd | grep root",
  "ping `id` and $(whoami)",
  "class java.lang.Runtime and ProcessBuilder",
  `${"$"}{jndi:ldap://a.example/b}`,
  "http://127.0.0.1/admin?x=1",
  "a\r\nSet-Cookie: b=c",
  "require('child_process').exec('ls')",
  "nothing of note",
] as const

const NAMES = [
  "comment",
  "user[name]",
  "a.b",
  "two words",
  "a,b",
  "a;b",
  "it's",
  "A|b",
  "$x",
  "50%",
  'x"y',
  "naïve",
  "a:b",
  "-",
] as const
const PATHS = ["app", "app/edit", "a%20b", "caf%C3%A9", "it's", "x;v=1", "a+b", "~me", "a$b", "(x)"] as const

/** Ways to send a text to a path. `name` is the field's. */
type Sender = (path: string, name: string, text: string) => Sending
interface Sending {
  readonly method: string
  readonly target: string
  readonly headers: readonly string[]
  readonly body: string
}

const FORM = "Content-Type: application/x-www-form-urlencoded"

const SENDERS: readonly [Sender, ...Sender[]] = [
  (path, name, text) => get(`${path}?${encodeURIComponent(name)}=${encodeURIComponent(text)}`),
  (path, name, text) => post(path, [FORM], `${encodeURIComponent(name)}=${encodeURIComponent(text)}&id=1`),
  (path, name, text) =>
    post(path, ["Content-Type: application/json"], JSON.stringify({ doc: { [name]: text }, id: 1 })),
  (path, name, text) =>
    post(path, ["Content-Type: application/json"], JSON.stringify([{ [name]: text }, { [name]: text }])),
  (path, name, text) => multipart(path, `name="${name.replaceAll('"', "%22")}"`, text),
  (path, name, text) => multipart(path, `name="file"; filename="${name.replaceAll('"', "%22")}.php.txt"`, text),
  (path, _, text) => get(path, [`Cookie: note=${text.replaceAll(/[\r\n;]/g, " ")}`]),
  (path, _, text) => get(path, [`Referer: http://a.example/${text.replaceAll(/[\r\n]/g, " ")}`]),
  (path, _, text) => get(path, [`User-Agent: ${text.replaceAll(/[\r\n]/g, " ")}`]),
  (path, _, text) => get(`${path}?${encodeURIComponent(text)}=1`),
  (path, name, text) =>
    get(
      `${path}?${encodeURIComponent(name)}=${encodeURIComponent(text)}&${encodeURIComponent(name)}=${encodeURIComponent(text)}`,
    ),
  (path, name, text) =>
    post(path, ["Content-Type: text/xml"], `<a><b title="t">${xml(text)}</b><c>${xml(name)}</c></a>`),
  (path, name, text) => ({
    ...post(path, [FORM], `${encodeURIComponent(name)}=${encodeURIComponent(text)}`),
    method: "PUT",
  }),
]

/** Requests that are refused for what they are and not for a text in them. */
const POLICIES: readonly [Sender, ...Sender[]] = [
  (path) => ({ method: "PUT", target: path, headers: [], body: "" }),
  (path) => ({ method: "DELETE", target: path, headers: ["Host: 127.0.0.1"], body: "" }),
  (path) => ({ ...post(path, ["Content-Type: application/merge-patch+json"], '{"a":1}'), method: "PATCH" }),
  (path) => post(path, ["Content-Type: text/yaml"], "a: 1"),
  (path) => post(path, ["Content-Type: application/yaml; charset=utf-8"], "a: 1"),
  (path) => post(path, ["Content-Type: application/json; charset=utf-16"], "{}"),
  (path) => get(`${path}/notes.bak`),
  (path) => get(`${path}/server.config?x=1`),
  (path) => get(path, ["Proxy: a"]),
  (path) => get(path, ["Host: 127.0.0.1:80", "User-Agent: nikto"]),
  (path) => get(`${path}?a=%zz&b=%`, ["Host: 10.0.0.1", "User-Agent: ", "Accept: "]),
  (path) => get(`${path}?own=forbidden`),
]

export function drawCase(random: Random, number: number): Drawn {
  const path = `/c${number}/${random.of(PATHS)}`
  const isPolicy = random.of([true, false, false, false])
  const sender = random.of(isPolicy ? POLICIES : SENDERS)
  const [name, text, other] = [random.of(NAMES), random.of(TEXTS), random.of(TEXTS)]
  const sending = sender(path, name, text)
  const beside = random.of(SENDERS)
  const probes: readonly Named[] = [
    named("same text in another field", sender(path, "other", text)),
    named("another text in the field", sender(path, name, other)),
    named("the same at another path", sender(`/elsewhere${path}`, name, text)),
    named("the same below the path", sender(`${path}/below`, name, text)),
    named("sent otherwise", beside(path, name, text)),
    named("plain", get(path)),
    named("an attack beside it", get(`${path}?q=${encodeURIComponent("1' union select 1,2 from users-- -")}`)),
    named("another method", { ...sending, method: "DELETE" }),
  ]
  const { method, target, headers, body } = sending
  return { ...named(`${method} ${target} ${headers.join(" ")} ${body}`, sending), probes }
}

const get = (target: string, headers: readonly string[] = []): Sending => ({ method: "GET", target, headers, body: "" })

const post = (target: string, headers: readonly string[], body: string): Sending => ({
  method: "POST",
  target,
  headers,
  body,
})

function multipart(path: string, disposition: string, text: string): Sending {
  const body = `--b0undary\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${text}\r\n--b0undary--\r\n`
  return post(path, ["Content-Type: multipart/form-data; boundary=b0undary"], body)
}

const xml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")

function named(name: string, { method, target, headers, body }: Sending): Named {
  const given = (field: string): boolean => headers.some((it) => it.toLowerCase().startsWith(`${field}:`))
  const usual = ["Host: a.example", "User-Agent: Mozilla/5.0", "Accept: */*"].filter(
    (it) => !given(it.split(":", 1)[0]?.toLowerCase() ?? ""),
  )
  const length = body === "" ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
  const head = [`${method} ${target} HTTP/1.1`, ...usual, ...headers, ...length, "Connection: close"]
  return { name, method, target, wire: `${head.join("\r\n")}\r\n\r\n${body}` }
}
