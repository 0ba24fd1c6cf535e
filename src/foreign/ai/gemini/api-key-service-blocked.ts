import { foreignCause } from "../../cause.ts"

export const aiGeminiApiKeyServiceBlocked = foreignCause({
  code: "ai/gemini/api-key-service-blocked",
  emitter: "gemini",
  title: "The API key's restrictions do not admit this API, site or address",
  why: "Keys of Google Cloud can be limited to APIs, web sites, addresses or apps. A key made for another API, or for a browser's pages, is refused when a server uses it.",
  fix: [
    {
      by: "owner",
      does: "Add exactly this API to the key's restrictions, or make a key of its own for it",
      admits: "whoever has the key, to that API",
    },
    {
      by: "owner",
      does: "Add the site or address that calls to those the key is limited to, or use a key for servers",
      admits: "requests from that site or address",
    },
  ],
  unwise: ["Taking all restrictions off a key that pages contain: anyone who reads the page can then spend with it"],
  ask: {
    question:
      "Which reason stands in `details` (`API_KEY_SERVICE_BLOCKED`, `…_HTTP_REFERRER_BLOCKED`, `…_IP_ADDRESS_BLOCKED`)?",
    why: "It names the kind of restriction.",
  },
  sources: [
    "googleapis/googleapis google/api/error_reason.proto",
    "https://cloud.google.com/docs/authentication/api-keys",
    "https://github.com/continuedev/continue/issues/12781",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "Google's reasons for a key's restrictions",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /API_KEY_(?:SERVICE|HTTP_REFERRER|IP_ADDRESS|ANDROID_APP|IOS_APP)_BLOCKED/,
        },
      ],
    },
    {
      weight: "proof",
      basis: "case",
      says: "Google's sentence for a key without this API",
      all: [
        { in: ["body", "log", "symptom"], text: /Requests to this API [\w.-]{1,80} method [\w.]{1,200} are blocked/ },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "Google's sentence for a key limited to sites or addresses",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Requests from (?:referer|this [\w ]{1,30})[^\n]{0,200}are blocked|The provided API key has an IP address restriction/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "restrictions of a key at Google",
      all: [
        { in: ["symptom"], text: /\bkey\b[^\n]{0,60}\brestrict\w*|\brestrict\w*[^\n]{0,40}\bkey\b/i },
        { in: ["symptom", "body", "log"], text: /google|gemini|firebase|maps/i },
      ],
    },
  ],
})
