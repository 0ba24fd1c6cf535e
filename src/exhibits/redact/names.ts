/** How sure a name says that its value is a credential. `perhaps`: only where the value looks like one. */
export type Secrecy = "surely" | "perhaps" | "no"

const SECRET: ReadonlySet<string> = new Set(
  `apikey assertion authorization bearer cookie cookies credential credentials crumb csrf hmac jwt nonce otp pass
  passcode passphrase passwd password pwd secret session sessid sessionid sid sig signature token xsrf`
    .trim()
    .split(/\s+/),
)

/** What such words are glued to: `accesstoken`, `clientsecret`, `phpsessid`. */
const ENDINGS = [
  "token",
  "secret",
  "password",
  "passwd",
  "apikey",
  "sessid",
  "sessionid",
  "accesskey",
  "secretkey",
  "privatekey",
  "signature",
]

/** A key of these is a credential; one of a cache or a table is not. */
const KEY_OF: ReadonlySet<string> = new Set(
  `access account admin api app auth authorization client encryption functions goog license master private provided
  secret server service shared signing storage subscription user`
    .trim()
    .split(/\s+/),
)

/** Names that end so tell something about a credential and not the credential: `token_type`, `session_timeout`. */
const ABOUT: ReadonlySet<string> = new Set(
  `age alg algorithm aud audience backend budget check class count disabled domain enabled endpoint engine error errors
  exp expiration expires expiry field fields file flags format handler header headers httponly in invalid issuer length
  lifetime limit location method missing mode name names options path policies policy prefix provider ref refs remaining
  required reset samesite scope scopes secure size status store storage suffix timeout ttl type types uri url usage used
  validation validator version`
    .trim()
    .split(/\s+/),
)

const PARTS = /[-_.\s[\]:$]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/

/** Whether a field, variable, header, parameter or cookie of this name holds a credential. */
export function secrecyOf(name: string): Secrecy {
  const parts = name.split(PARTS).flatMap((it) => (it === "" ? [] : [it.toLowerCase()]))
  const last = parts.at(-1) ?? ""
  const [first = ""] = parts
  if (ABOUT.has(last) || /^(?:max|min|num|total|prompt|completion|ratelimit)$/.test(first)) return "no"
  if (parts.includes("ratelimit") || /^(?:access-control|sec-fetch|sec-ch)-/i.test(name)) return "no"
  if (parts.some((it) => SECRET.has(it) || ENDINGS.some((end) => it.endsWith(end)))) return "surely"
  if (/^(?:aws)?access_?key_?id$/i.test(name)) return "surely"
  if (last === "key") return parts.some((it) => KEY_OF.has(it)) ? "surely" : "perhaps"
  return last === "auth" || last === "code" || last === "state" ? "perhaps" : "no"
}

/** A piece of every name that `secrecyOf` does not answer `no` to; where none is, there is nothing to look at. */
export const STEM =
  /assertion|auth|bearer|code|cookie|credential|crumb|csrf|hmac|jwt|key|nonce|otp|pass|pwd|secret|sess|sid|sig|state|token|xsrf/gi
