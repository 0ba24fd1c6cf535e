import { foreignCause } from "../cause.ts"

export const fastapiHttpBearer = foreignCause({
  code: "fastapi/http-bearer",
  emitter: "fastapi",
  title: "FastAPI's HTTPBearer found no bearer token and says so with 403",
  why: "Older releases of FastAPI answer 403, not 401, where Authorization is absent or not of the Bearer scheme; the token itself was not looked at. A proxy or redirect that drops the field leads here as well.",
  fix: [
    {
      by: "caller",
      does: "Send `Authorization: Bearer …` with the request, to the address without a redirect",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Upgrade FastAPI, or use `HTTPBearer(auto_error=False)` and answer 401 with a challenge",
      admits: "nobody else",
    },
  ],
  unwise: ["Taking the dependency off the route: everyone may then call it"],
  ask: {
    question: "Does the Authorization field arrive in the application, spelled `Bearer` with one blank?",
    why: "If not, the client, a redirect or a proxy drops it.",
  },
  sources: [
    "fastapi/fastapi fastapi/security/http.py",
    "https://github.com/fastapi/fastapi/issues/2026",
    "https://github.com/fastapi/fastapi/issues/10177",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "FastAPI's security classes write this where credentials are absent",
      all: [{ in: ["body", "log"], text: /"detail": ?"Not authenticated"/ }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "FastAPI's security classes write this for another scheme or a wrong token form",
      all: [{ in: ["body", "log"], text: /"detail": ?"Invalid authentication credentials"/ }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the security class in the code or report",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /\bHTTPBearer\b|APIKeyHeader|fastapi\.security|HTTPAuthorizationCredentials/,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "FastAPI's words where credentials are absent",
      all: [{ in: ["symptom"], text: /\bNot authenticated\b/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a login that is missing in FastAPI",
      all: [
        { in: ["symptom"], text: /\b(?:fastapi|starlette|uvicorn)\b/i },
        { in: ["symptom"], text: /\b(?:token|bearer|authoriz\w*|authenticat\w*|401|header)\b/i },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "FastAPI's words for a scheme or credentials that do not fit",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /"detail": ?"Invalid authentication (?:credentials|scheme)|from fastapi\.security import|HTTPBearer\(/,
        },
      ],
    },
  ],
})
