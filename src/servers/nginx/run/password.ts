import { createHash } from "node:crypto"
import { check, following } from "../../../decision/check.ts"
import { present } from "../../../decision/relations.ts"
import { nginxAuthBasicFileMissing } from "../../../foreign/nginx/auth-basic-file-missing.ts"
import { fromBytes } from "../../values/bytes.ts"
import { nginxUnauthorized } from "../causes.ts"
import { differs, is } from "../relations.ts"
import { Unknowable } from "../values/unknowable.ts"
import type { Credentials } from "./credentials.ts"
import type { Exchange } from "./exchange.ts"
import { fileKind, passwordFits, requestUser } from "./facts.ts"
import { refuseKind, refuseRights } from "./file-gates.ts"
import { lookToRead, pathOf } from "./look.ts"
import type { Said } from "./said.ts"

/** Basic authentication (src/http/modules/ngx_http_auth_basic_module.c). */
export function testPassword(exchange: Exchange): Said {
  const { realm, userFile } = exchange.settings
  if (realm === undefined || userFile === undefined || exchange.fill(realm.text) === "off") return { kind: "declined" }
  const { at } = userFile.directive
  const refused = { kind: "refused", status: 401, cause: nginxUnauthorized, owner: userFile.directive } as const
  const credentials = exchange.credentials
  if (credentials === undefined)
    return {
      ...refused,
      name: "no user",
      owner: realm.directive,
      checks: [check(requestUser, present, following("a user of the password file", realm.directive.at, "operator"))],
      isLogged: false,
    }
  const path = exchange.fill(userFile.path)
  const looked = lookToRead(exchange, path)
  if (looked.kind === "failed" && looked.error === "ENOENT") {
    exchange.seen = { kind: "absent", at }
    const there = check(
      fileKind,
      differs,
      following("absent", { ...at, path: `${at.path} ${fromBytes(path)}` }, "operator"),
    )
    return {
      kind: "refused",
      status: 403,
      cause: nginxAuthBasicFileMissing,
      name: `no file ${path}`,
      owner: userFile.directive,
      checks: [there],
      isLogged: true,
    }
  }
  if (looked.kind === "failed")
    return {
      kind: "failed",
      stop:
        looked.error === "EACCES"
          ? refuseRights(exchange, looked.failed, 500, true)
          : refuseKind(exchange, looked.error, "file", 500, true),
    }
  if (looked.entry.kind === "directory")
    return { kind: "failed", stop: refuseKind(exchange, "directory", "file", 500, true) }
  const isRight = fitsIn(exchange, pathOf(path), credentials)
  if (isRight) return { kind: "ok" }
  exchange.seen = { isTrue: false, at }
  return {
    ...refused,
    name: "wrong password",
    checks: [check(passwordFits, is, following(true, at, "operator"))],
    isLogged: true,
  }
}

/** Whether a password file names the user with this password. The first line of the name counts. */
function fitsIn({ machine, settings }: Exchange, path: string, { user, password }: Credentials): boolean {
  const at = settings.userFile?.directive.at
  const place = at === undefined ? {} : { at }
  const text = machine.contents?.get(path)
  if (text === undefined)
    throw new Unknowable({
      what: `whether ${path} has the user with this password`,
      why: "what stands in it was not given",
      ...place,
    })
  for (const line of text.split("\n")) {
    if (line.startsWith("#") || !line.startsWith(`${user}:`)) continue
    const stored = line.slice(user.length + 1).replace(/[\r:][\s\S]*$/, "")
    const isRight = fits(stored, password)
    if (isRight === undefined)
      throw new Unknowable({
        what: `whether the password of this user is right`,
        why: "its hash in the password file is of a kind that is not checked here",
        ...place,
      })
    return isRight
  }
  return false
}

/** Schemes nginx knows itself (src/core/ngx_crypt.c); undefined for those it leaves to the system's crypt(3). */
function fits(stored: string, password: string): boolean | undefined {
  const bytes = Buffer.from(password, "latin1")
  if (stored.startsWith("{PLAIN}")) return stored.slice("{PLAIN}".length) === password
  if (stored.startsWith("{SHA}"))
    return createHash("sha1").update(bytes).digest("base64") === stored.slice("{SHA}".length)
  if (stored.startsWith("{SSHA}")) {
    const whole = Buffer.from(stored.slice("{SSHA}".length), "base64")
    const digest = createHash("sha1").update(bytes).update(whole.subarray(20)).digest()
    return digest.equals(whole.subarray(0, 20))
  }
  return undefined
}
