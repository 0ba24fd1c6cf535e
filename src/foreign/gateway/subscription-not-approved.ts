import { foreignCause } from "../cause.ts"

export const gatewaySubscriptionNotApproved = foreignCause({
  code: "gateway/subscription-not-approved",
  emitter: "gateway",
  title: "The application has no active subscription to this API",
  why: "API managers bind an application to an API by a subscription that may need approval and can be blocked. A valid key or token of an application without one is refused.",
  fix: [
    {
      by: "caller",
      does: "Subscribe the application to the API, and make a new token where the product asks for it",
      admits: "nobody else",
    },
    { by: "operator", does: "Approve or unblock the subscription", admits: "that application, on this API" },
  ],
  unwise: ["Turning the check of subscriptions off admits every application"],
  ask: {
    question: "Which state does the subscription of this application to this API have?",
    why: "Not subscribed, waiting and blocked need different people to act",
  },
  sources: [
    "https://github.com/wso2/product-microgateway/issues/2751",
    "https://github.com/wso2/product-apim/issues/4925",
    "https://apim.docs.wso2.com/en/latest/troubleshooting/error-handling/",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "WSO2's codes for a subscription that is missing or blocked",
      all: [{ in: ["body", "log", "symptom"], text: /\b90090[78]\b/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the gateway says the subscription did not validate",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /API Subscription validation failed|requested API is temporarily blocked|\bResource forbidden\b/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a subscription to an API is waiting, blocked or missing",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /\bsubscri(?:be|bed|ption)\b[^\n]{0,80}\b(?:approv\w*|pending|blocked|suspended|inactive|not active|waiting|rejected|missing)\b|\b(?:approv\w*|pending|blocked|suspended|inactive|not active|waiting|rejected|missing|no)\b[^\n]{0,40}\bsubscription\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bmarketplace\b|\bbedrock\b|subscription key|\bazure subscription\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "memory",
      says: "a subscription to an API",
      all: [
        { in: ["symptom"], text: /\bsubscri(?:bed|ption)s? (?:to|of|for) (?:the |an? |this )?(?:api|product|plan)/i },
      ],
    },
  ],
})
