import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { findingsIn, Scanners } from "../scanner.ts"
import { SENSITIVE_KINDS, sensitiveScanners } from "./sensitive-data.ts"

const scanners = new Scanners(
  sensitiveScanners(SENSITIVE_KINDS, ["Ada Lovelace", "Grace Hopper", "Łukasz Żak", "李小龙"]),
)
/** `kind:text` of each finding. */
const found = (text: string): readonly string[] =>
  findingsIn(text, scanners).map(({ kind, from, to }) => `${kind}:${text.slice(from, to)}`)

const HOLD = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
/** Put together here, so that nobody who scans this repository takes them for real. */
const made = (prefix: string, length: number) => prefix + HOLD.slice(0, length)

describe("found is", () => {
  test.each([
    ["Write to ada@example.com.", "email:ada@example.com"],
    ["<Ada.L+news@mail.example.co.uk>", "email:Ada.L+news@mail.example.co.uk"],
    ['{"to":"a_b@x-y.org"}', "email:a_b@x-y.org"],
    ['{"text":"hi\\nada@example.com"}', "email:ada@example.com"],
    ["mailto:jürgen@müller.de", "email:jürgen@müller.de"],
    ["Visa 4111 1111 1111 1111 exp 12/27", "card:4111 1111 1111 1111"],
    ["4111111111111111", "card:4111111111111111"],
    ["5500-0055-5555-5559,", "card:5500-0055-5555-5559"],
    ["Amex 3782 822463 10005", "card:3782 822463 10005"],
    ["6011111111111117", "card:6011111111111117"],
    ["3530111333300000", "card:3530111333300000"],
    ["30569309025904", "card:30569309025904"],
    ["2223003122003222", "card:2223003122003222"],
    ["42,4111111111111111,12/27", "card:4111111111111111"],
    ["4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "card:4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"],
    ["4111\u200b1111\u200b1111\u200b1111", "card:4111\u200b1111\u200b1111\u200b1111"],
    ["4111 1111 1111 1111 2024 5", "card:4111 1111 1111 1111"],
    ["IBAN DE89 3704 0044 0532 0130 00", "iban:DE89 3704 0044 0532 0130 00"],
    ["gb82west12345698765432", "iban:gb82west12345698765432"],
    ["FR14 2004 1010 0505 0001 3M02 606.", "iban:FR14 2004 1010 0505 0001 3M02 606"],
    ["NO9386011117947", "iban:NO9386011117947"],
    ["ring +49 30 1234567 today", "phone:+49 30 1234567"],
    ["+1 (415) 555-2671", "phone:+1 (415) 555-2671"],
    ["+14155552671", "phone:+14155552671"],
    ["(415) 555-2671", "phone:(415) 555-2671"],
    ["415-555-2671", "phone:415-555-2671"],
    ["415.555.2671", "phone:415.555.2671"],
    ["020 7946 0958", "phone:020 7946 0958"],
    ["0171/1234567", "phone:0171/1234567"],
    ["01 23 45 67 89", "phone:01 23 45 67 89"],
    ["0049 30 1234567", "phone:0049 30 1234567"],
    ["my phone number is 4155552671", "phone:4155552671"],
    ["Tel.: 030 1234567", "phone:030 1234567"],
    ["Handy 01701234567", "phone:01701234567"],
    [made("sk-proj-", 40), `secret:${made("sk-proj-", 40)}`],
    [`key ${made("sk-ant-api03-", 60)}.`, `secret:${made("sk-ant-api03-", 60)}`],
    ["AKIAIOSFODNN7EXAMPLE", "secret:AKIAIOSFODNN7EXAMPLE"],
    [made("ghp_", 36), `secret:${made("ghp_", 36)}`],
    [made("AIza", 35), `secret:${made("AIza", 35)}`],
    [made("xoxb-", 30), `secret:${made("xoxb-", 30)}`],
    [made("sk_live_", 24), `secret:${made("sk_live_", 24)}`],
    [
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmN.",
      "secret:eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmN",
    ],
    [
      "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY1",
      "secret:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY1",
    ],
    ['{"api-key": "Zm9vYmFyYmF6cXV4MTIz"}', "secret:Zm9vYmFyYmF6cXV4MTIz"],
    ["Authorization: Bearer 0a1b2c3d4e5f60718293", "secret:0a1b2c3d4e5f60718293"],
    ["password: hunter2!", "secret:hunter2"],
    ["postgres://me:s3cr3t@db:5432/x", "secret:s3cr3t"],
    ["Dear ADA  LOVELACE,", "name:ADA  LOVELACE"],
    ["lukasz zak", "name:lukasz zak"],
    ["我是李小龙。", "name:李小龙"],
  ])("%p: %p", (text, expected) => expect(found(text)).toEqual([expected]))

  test("a private key with its whole text, however its lines are broken", () => {
    const key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF\nAASC+/==\n-----END RSA PRIVATE KEY-----"
    expect(found(`a\n${key}\nb`)).toEqual([`secret:${key}`])
    const escaped = key.replaceAll("\n", "\\n")
    expect(found(JSON.stringify({ key }))).toEqual([`secret:${escaped}`])
  })
})

describe("not found is", () => {
  test.each([
    ["order 4111111111111112"],
    ["1234567890123456"],
    ["550e8400-e29b-41d4-a716-446655440000"],
    ["1727000000000"],
    ["2024-05-01T12:30:00Z and 01.05.2024 12:30"],
    ["version 10.15.7, build 2024.5.1.1234"],
    ["192.168.100.200 and 010.20.30.40"],
    ["Order 0123-456789 and invoice no. 0815 4711 22"],
    ["3.14159265358979 and 1,000,000,000"],
    ["draft-04/06/07/2019-09"],
    ["ISBN 978-3-16-148410-0"],
    ["tracking 00340434161094042557"],
    ["git@github.com:acme/app.git"],
    ["icon@2x.png and pkg@1.2.3 and @scope/name"],
    ["DE89 3704 0044 0532 0130 01"],
    ["DE is a country, and so is GB82"],
    ["sk-learn is a library, task-management-for-everyone-who-likes-it"],
    ["password: required"],
    ["bypass: 12abcd34, compass=north90deg"],
    ["the token is missing: see the key: value pairs"],
    ["api_key = process.env.OPENAI_API_KEY_2"],
    ["api_key = $OPENAI_API_KEY"],
    ["Authorization: Bearer <your token>"],
    ["const token = getToken(user1)"],
    ["https://example.com:8080/a?page=12"],
    ["gracehopper and Graceland"],
    ["+1 is a thumb up, +12345 points"],
    ["sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16"],
    ["-----BEGIN CERTIFICATE-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF"],
  ])("%p", (text) => expect(found(text)).toEqual([]))
})

test("every number with the check digits of a bank account is found, and none with others", () => {
  const digits = fc.stringMatching(/^\d{18}$/)
  fc.assert(
    fc.property(digits, fc.integer({ min: 0, max: 99 }), (account, given) => {
      const check = 98 - Number(BigInt(`${account}131400`) % 97n)
      const written = `DE${String(given).padStart(2, "0")}${account}`
      // 00, 01 and 99 are given to nobody, and leave the same remainder as 97, 98 and 02.
      expect(found(written).includes(`iban:${written}`)).toBe(given % 97 === check % 97)
    }),
  )
})

test("every number of an issuer with Luhn's check digit is found, and none with another", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^4\d{14}$/), fc.nat(9), (start, last) => {
      const sum = [...start].reverse().reduce((all, it, at) => {
        const twice = Number(it) * (at % 2 === 0 ? 2 : 1)
        return all + (twice > 9 ? twice - 9 : twice)
      }, 0)
      expect(found(`${start}${last}`).length).toBe((sum + last) % 10 === 0 ? 1 : 0)
    }),
  )
})
