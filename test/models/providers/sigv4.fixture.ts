import { createHash, createHmac } from "node:crypto"
import type { Heard } from "./server.fixture.ts"
import { Refused } from "./wire.fixture.ts"

/** The credentials that the scripted Bedrock knows; the region is free. */
export const awsCredentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  region: "eu-central-1",
} as const

/**
 * Refuses what is not signed with `awsCredentials` for the service `bedrock`, as AWS words it.
 * Source: AWS IAM user guide, "Create a signed AWS API request" (Signature Version 4).
 */
export function refuseUnsigned(heard: Heard): void {
  const authorization = heard.headers.get("authorization")
  if (authorization === undefined) throw refused("MissingAuthenticationTokenException", "Missing Authentication Token")
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      authorization,
    )
  if (found === null) {
    throw refused(
      "IncompleteSignatureException",
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header and all of Credential, SignedHeaders, Signature.",
    )
  }
  const [, id, day = "", region = "", service = "", names = "", signature] = found
  if (id !== awsCredentials.accessKeyId) {
    throw refused("UnrecognizedClientException", "The security token included in the request is invalid.")
  }
  if (service !== "bedrock")
    throw refused("InvalidSignatureException", `Credential should be scoped to correct service: 'bedrock'.`)
  const date = heard.headers.get("x-amz-date") ?? ""
  refuseDate(date, day)
  const signed = names.split(";")
  const unsigned = [...heard.headers.keys()].find(
    (it) => (it === "host" || it.startsWith("x-amz-")) && !signed.includes(it),
  )
  if (unsigned !== undefined) throw mismatch(`'${unsigned}' must be a 'SignedHeader' in the AWS Authorization.`)
  const scope = `${day}/${region}/${service}/aws4_request`
  const toSign = ["AWS4-HMAC-SHA256", date, scope, sha256(canonicalRequest(heard, signed))].join("\n")
  const key = [day, region, service, "aws4_request"].reduce<string | Buffer>(
    hmac,
    `AWS4${awsCredentials.secretAccessKey}`,
  )
  if (hmac(key, toSign).toString("hex") !== signature)
    throw mismatch(`${mismatched} The canonical request is '${canonicalRequest(heard, signed)}'`)
}

/** The path is encoded once more as it came (every service but S3 has it so). */
function canonicalRequest({ method, target, headers, query, body }: Heard, signed: readonly string[]): string {
  const [path = ""] = target.split("?")
  const uri = path.split("/").map(encoded).join("/")
  const pairs = [...query].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort()
  const lines = signed.map((name) => `${name}:${(headers.get(name) ?? "").trim().replace(/ +/g, " ")}\n`)
  const hash = headers.get("x-amz-content-sha256") ?? sha256(body)
  if (hash !== "UNSIGNED-PAYLOAD" && hash !== sha256(body))
    throw mismatch("The provided 'x-amz-content-sha256' header does not match what was computed.")
  return [method, uri, pairs.join("&"), lines.join(""), signed.join(";"), hash].join("\n")
}

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`)

const sha256 = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex")

const hmac = (key: string | Buffer, data: string): Buffer => createHmac("sha256", key).update(data).digest()

const mismatched =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details."

function refuseDate(date: string, day: string): void {
  const found = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(date)
  if (found === null || !date.startsWith(day))
    throw mismatch("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.")
  const [, year, month, dayOfMonth, hour, minute, second] = found
  const at = Date.parse(`${year}-${month}-${dayOfMonth}T${hour}:${minute}:${second}Z`)
  if (Math.abs(Date.now() - at) > 300_000)
    throw mismatch(`Signature expired: ${date} is not within 5 min. of the server's time.`)
}

const mismatch = (message: string): Refused => refused("InvalidSignatureException", message)

const refused = (type: string, message: string): Refused => new Refused({ status: 403, type, message })
