/** Options of curl that take a value, by long name without `--` (curl 8, `curl --help all`). */
const WITH_VALUE: ReadonlySet<string> = new Set(
  `abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to
  continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode
  delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine
  etag-compare etag-save expect100-timeout form form-string ftp-account ftp-method ftp-port ftp-ssl-ccc-mode
  happy-eyeballs-timeout-ms haproxy-clientip header hostpubmd5 hostpubsha256 hsts interface ip-tos ipfs-gateway json
  keepalive-cnt keepalive-time key key-type krb libcurl limit-rate local-port login-options mail-auth mail-from
  mail-rcpt max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir parallel-max pass
  pinnedpubkey postquote preproxy prequote proto proto-default proto-redir proxy proxy-cacert proxy-capath proxy-cert
  proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey
  proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey
  quote random-file range rate referer request request-target resolve retry retry-delay retry-max-time sasl-authzid
  service-name socks4 socks4a socks5 socks5-gssapi-service socks5-hostname speed-limit speed-time stderr telnet-option
  tftp-blksize time-cond tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii trace-config
  unix-socket upload-file url url-query user user-agent variable vlan-priority write-out`
    .trim()
    .split(/\s+/),
)

const SHORT: Readonly<Record<string, string>> = {
  A: "user-agent",
  b: "cookie",
  c: "cookie-jar",
  C: "continue-at",
  d: "data",
  D: "dump-header",
  e: "referer",
  E: "cert",
  F: "form",
  h: "help",
  H: "header",
  I: "head",
  G: "get",
  K: "config",
  L: "location",
  m: "max-time",
  n: "netrc",
  o: "output",
  P: "ftp-port",
  Q: "quote",
  r: "range",
  t: "telnet-option",
  T: "upload-file",
  u: "user",
  U: "proxy-user",
  w: "write-out",
  x: "proxy",
  X: "request",
  y: "speed-time",
  Y: "speed-limit",
  z: "time-cond",
}

/** One option or address of a command line. */
export interface Given {
  /** Long name without `--`; `url` for an address. An unknown one keeps its letters. */
  readonly name: string
  readonly value: string
  /** Index of the word the value is in, and how many letters of that word come before it. */
  readonly word: number
  readonly skip: number
}

/** Reads words behind `curl` the way curl does: short options may be combined, and a value may stick to its option. */
export function curlOptions(words: readonly string[]): readonly Given[] {
  const given: Given[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ""
    if (word.startsWith("--") && word.length > 2) {
      const name = word.slice(2)
      const value = WITH_VALUE.has(name) ? words[++at] : ""
      if (value !== undefined) given.push({ name, value, word: at, skip: 0 })
    } else if (word.startsWith("-") && word.length > 1) at = readShort(words, at, given)
    else if (word !== "") given.push({ name: "url", value: word, word: at, skip: 0 })
  }
  return given
}

function readShort(words: readonly string[], index: number, given: Given[]): number {
  const word = words[index] ?? ""
  for (let at = 1; at < word.length; at++) {
    const letter = word[at] ?? ""
    const name = Object.hasOwn(SHORT, letter) ? (SHORT[letter] ?? letter) : letter
    if (!WITH_VALUE.has(name)) given.push({ name, value: "", word: index, skip: at })
    else if (at + 1 < word.length) {
      given.push({ name, value: word.slice(at + 1), word: index, skip: at + 1 })
      return index
    } else {
      const value = words[index + 1]
      if (value !== undefined) given.push({ name, value, word: index + 1, skip: 0 })
      return index + 1
    }
  }
  return index
}
