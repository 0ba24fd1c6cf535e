import { foreignCause } from "../cause.ts"

export const sapCsrfTokenRequired = foreignCause({
  code: "sap/csrf-token-required",
  emitter: "sap",
  title: "SAP Gateway wants the CSRF token it gave, together with the session's cookies",
  why: "Before anything is changed SAP Gateway wants a token that was fetched in the same session. A token without the cookies, from another user or session, or none at all is refused; the answer then says `x-csrf-token: Required`.",
  fix: [
    {
      by: "caller",
      does: "Fetch the service's root with `X-CSRF-Token: Fetch`, keep all cookies, and send token and cookies with the change",
      admits: "nobody else",
    },
    {
      by: "caller",
      does: "Add `/` at the end of the address the token is fetched from, where the client is redirected and loses it",
      admits: "nobody else",
    },
  ],
  unwise: [
    "Switching the check off for the service (`~CHECK_CSRF_TOKEN=0`): other sites may then act in the user's name",
  ],
  ask: {
    question: "Do the cookies of the Fetch request come along with the change, unaltered?",
    why: "A token without them is never valid.",
  },
  sources: [
    "https://help.sap.com/docs/SAP_GATEWAY",
    "https://github.com/SAP/cloud-sdk/pull/1852",
    "https://github.com/odata2ts/odata2ts/issues/212",
    "https://github.com/microsoft/PowerPlatformConnectors/issues/660",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "SAP Gateway's answer to a change without a valid token",
      all: [{ in: ["headers", "request", "log"], text: /x-csrf-token["']?: ?["']?required/i }],
    },
    {
      weight: "proof",
      basis: "case",
      says: "SAP Gateway's sentence, in English and German",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /CSRF[- ]token validation failed|CSRF-Token-Validierung ist fehlgeschlagen|Validierung (?:vom|des) CSRF-Tokens? (?:ist )?fehlgeschlagen/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the fetching of SAP's token",
      all: [{ in: ["request", "config"], text: /x-csrf-token["']?: ?["']?fetch/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "addresses and fields that only SAP has",
      all: [
        {
          in: ["request", "headers", "log", "body"],
          text: /\/sap\/(?:opu\/odata|bc\/|es\/)|sap-client|sap-perf-fesrec|SAP_SESSIONID|MYSAPSSO2/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "CSRF with SAP",
      all: [
        { in: ["symptom"], text: /\b(?:SAP|OData|ABAP|UI5|Fiori|S\/4HANA|NetWeaver|Hana)\b/ },
        { in: ["symptom", "body", "log", "request"], text: /csrf/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "changes fail at SAP while reading passes",
      all: [{ in: ["symptom"], text: /\b(?:SAP|ABAP|UI5|Fiori|S\/4HANA|NetWeaver|OData)\b/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an OData service refuses to write, and lets read",
      all: [
        { in: ["symptom", "log", "request", "body", "config"], text: /\bp?y?odata\b|\$batch\b|\bEntity ?Sets?\b/i },
        {
          in: ["symptom", "request", "log"],
          text: /\b(?:POST|PUT|PATCH|MERGE|DELETE)\b|\b(?:creat|sav|updat|writ|delet|add|insert|post|chang)(?:e|es|ing|ed|s)?\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /dynamics|sharepoint|business central|power ?bi/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "case",
      says: "SAP's sentence in other languages",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /CSRF-Token-Validierung fehlgeschlagen|CSRF[- ]?令牌验证失败|La validaci[oó]n del token CSRF|validation du (?:token|jeton) CSRF|^\s{0,8}CSRF token required/im,
        },
      ],
    },
  ],
})
