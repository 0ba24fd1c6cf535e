import { createHash } from "node:crypto"
import { check, following } from "../../../decision/check.ts"
import { absent, present } from "../../../decision/relations.ts"
import type { Source } from "../../../decision/source.ts"
import { fileGates } from "../../files/gates.ts"
import { apacheAuthenticationBroken, apacheCredentialsNeeded, apacheCredentialsWrong } from "../access/causes.ts"
import { Facts, type World } from "../access/world.ts"
import type { Authentication } from "../settings/settings.ts"
import { BUILT_IN, type Exchange } from "./exchange.ts"
import type { About } from "./halt.ts"
import { type Halt, unknown } from "./halt.ts"
import type { Running } from "./running.ts"

const BROKEN = { cause: apacheAuthenticationBroken, status: 500 } as const

/** Asks who is there (mod_auth_basic); leaves the user in the request, or what comes of asking. */
export function authenticate(exchange: Exchange, running: Running, fault: string | undefined): Halt | undefined {
  const it: Authentication = running.settings.authentication ?? {}
  const type = it.type?.value.toLowerCase()
  const at = it.type?.source ?? BUILT_IN
  if (type === undefined || type === "none")
    return fault === undefined
      ? failing(exchange, running, "no AuthType says how to ask", at, { ...BROKEN, code: "AH00027" })
      : undefined
  if (fault !== undefined) return failing(exchange, running, fault, at, { ...BROKEN, code: "AH01627" })
  if (type !== "basic") return unknown("who asks", `AuthType ${type} is not judged here`, it.type?.source)
  if (it.name === undefined)
    return failing(exchange, running, "AuthName is missing", at, { ...BROKEN, code: "AH01615" })
  const credentials = credentialsOf(exchange)
  if (typeof credentials === "string") return needed(exchange, running, credentials, at)
  const providers = it.providers?.value ?? ["file"]
  if (providers.length !== 1 || providers[0] !== "file")
    return unknown("who asks", `the provider ${providers.join(" ")} is not judged here`, it.providers?.source)
  return byFile(exchange, running, it, credentials)
}

interface Credentials {
  readonly user: string
  readonly password: string
}

/** Text says what is wrong with the field. */
function credentialsOf(exchange: Exchange): Credentials | "none" | "another scheme" {
  const field = exchange.headers.get("authorization")
  if (field === undefined) return "none"
  const at = field.indexOf(" ")
  const scheme = at === -1 ? field : field.slice(0, at)
  if (scheme.toLowerCase() !== "basic") return "another scheme"
  const decoded = Buffer.from(field.slice(at + 1).trim(), "base64").toString("latin1")
  const colon = decoded.indexOf(":")
  return {
    user: colon === -1 ? decoded : decoded.slice(0, colon),
    password: colon === -1 ? "" : decoded.slice(colon + 1),
  }
}

function needed(exchange: Exchange, running: Running, what: "none" | "another scheme", at: Source): Halt {
  const fact = new Facts().seen("request.credentials")
  const seen = new Map([[fact.name, { value: null }]])
  const checks = [check(fact, present, following("Basic", at, "operator"))] as const
  const code = what === "none" ? undefined : "AH01614"
  return exchange.barred(running, checks, { cause: apacheCredentialsNeeded, status: 401, code }, seen)
}

function failing(exchange: Exchange, running: Running, what: string, at: Source, about: About): Halt {
  const fact = new Facts().seen("authentication.fault")
  const seen = new Map([[fact.name, { value: what }]])
  return exchange.barred(running, [check(fact, absent, following(null, at, "operator"))], about, seen)
}

function byFile(exchange: Exchange, running: Running, it: Authentication, credentials: Credentials): Halt | undefined {
  const { userFile } = it
  if (userFile === undefined)
    return failing(exchange, running, "AuthUserFile is missing", it.type?.source ?? BUILT_IN, {
      ...BROKEN,
      code: "AH01619",
    })
  const walked = exchange.walk(userFile.value, "read")
  if (walked.kind === "unsure")
    return unknown(`whether ${userFile.value} can be read`, "it holds who may", userFile.source)
  if (walked.kind === "failed") {
    const about = { status: 500, code: "AH01620", failed: walked }
    const gates = fileGates<World>(walked, exchange.reader, {
      causeOf: () => apacheAuthenticationBroken,
      names: exchange.names,
    })
    const refused = exchange.refusal(running, gates, about)
    const what = `${userFile.value} cannot be opened: ${walked.error}`
    return refused ?? failing(exchange, running, what, userFile.source, { ...BROKEN, code: "AH01620" })
  }
  const text = exchange.configuration.input.texts.read(userFile.value)
  if (text === undefined) return unknown(`the text of ${userFile.value}`, "it holds who may", userFile.source)
  const hash = hashOf(text, credentials.user)
  if (hash === undefined && it.isAuthoritative === false)
    return unknown("who asks", "AuthBasicAuthoritative Off passes on to what is not judged here", userFile.source)
  const isRight = hash === undefined ? false : fits(credentials.password, hash)
  if (isRight === undefined)
    return unknown("whether the password is right", "its hash is not checked here", userFile.source)
  if (!isRight) {
    const code = hash === undefined ? "AH01618" : "AH01617"
    const what = hash === undefined ? "the user is not in the file" : "the password is another"
    return failing(exchange, running, what, userFile.source, { cause: apacheCredentialsWrong, status: 401, code })
  }
  running.user = credentials.user
  return undefined
}

function hashOf(text: string, user: string): string | undefined {
  for (const line of text.split("\n")) {
    const [name, hash] = line.trim().split(":")
    if (name === user && !line.startsWith("#")) return hash
  }
  return undefined
}

/** Undefined for hashes that are not checked here. */
function fits(password: string, hash: string): boolean | undefined {
  if (!hash.startsWith("{SHA}")) return undefined
  return createHash("sha1").update(password, "latin1").digest("base64") === hash.slice(5)
}
