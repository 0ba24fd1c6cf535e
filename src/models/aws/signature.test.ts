import { expect, test } from "bun:test"
import { sign } from "./signature.ts"
import { SIGNED } from "./signed.fixture.ts"

const KEY = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" }
const NOW = new Date("2015-08-30T12:36:00Z")

/** Of one's own request, with another key or at another time. */
function signature(
  request: (typeof SIGNED)[number],
  key: { readonly secretAccessKey?: string } = {},
  now = NOW,
): string {
  const session = request.sessionToken === undefined ? {} : { sessionToken: request.sessionToken }
  const lines = sign(request, { ...KEY, ...session, ...key }, request.region, request.service, now)
  return lines.find(([name]) => name === "authorization")?.[1].split("Signature=")[1] ?? ""
}

for (const it of SIGNED)
  test(`${it.name} is signed as botocore signs it`, () => expect(signature(it)).toBe(it.signature))

test("the signatures are those AWS publishes with its test suite", () => {
  expect(SIGNED.find((it) => it.name === "get-vanilla")?.signature).toBe(
    "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
  )
})

test("the key of a day serves that day, that region and that secret only", () => {
  const [one] = SIGNED
  if (one === undefined) throw new Error("there are no signed requests")
  const told = [
    signature(one),
    signature(one, { secretAccessKey: "another" }),
    signature(one, {}, new Date("2015-08-31T12:36:00Z")),
    signature({ ...one, region: "eu-central-1" }),
    signature({ ...one, service: "bedrock" }),
  ]
  expect(new Set(told).size).toBe(told.length)
  expect(signature(one)).toBe(one.signature)
})

test("the lines name what is signed, and never the secret", () => {
  const request = { method: "POST", host: "a.example", path: "/", query: "", headers: [], body: "{}" }
  const lines = sign(request, { ...KEY, sessionToken: "session" }, "us-east-1", "bedrock", NOW)
  expect(lines.map(([name]) => name)).toEqual(["x-amz-date", "x-amz-security-token", "authorization"])
  expect(JSON.stringify(lines)).not.toContain("wJalrXUtnFEMI")
  expect(lines.at(-1)?.[1]).toContain("SignedHeaders=host;x-amz-date;x-amz-security-token")
})
