import { foreignCause } from "../cause.ts"

export const railsCsrf = foreignCause({
  code: "rails/csrf",
  emitter: "rails",
  status: 422,
  title: "Rails cannot verify the CSRF token or the origin of the request",
  why: "Rails compares the form's token with the session and the Origin with its own address. It answers 422, and some applications turn that into 403. Behind a proxy that ends TLS the addresses differ by their scheme.",
  fix: [
    {
      by: "operator",
      does: "Let the proxy pass scheme, host and port on (`X-Forwarded-Proto`, `X-Forwarded-Host`, and overwrite what clients send)",
      admits: "nobody else",
    },
    {
      by: "caller",
      does: "Send the token from the page's `csrf-token` in `X-CSRF-Token`, with the session's cookie",
      admits: "nobody else",
    },
  ],
  unwise: [
    "`skip_before_action :verify_authenticity_token` or switching `forgery_protection_origin_check` off: other sites may then act in the user's name",
  ],
  ask: {
    question: "Which Origin and which base_url does the log line compare?",
    why: "They differ in what the proxy does not pass on; where no such line is, the token is missing or old.",
  },
  sources: [
    "rails/rails actionpack/lib/action_controller/metal/request_forgery_protection.rb",
    "rails/rails actionpack/lib/action_dispatch/middleware/exception_wrapper.rb",
    "https://github.com/rails/rails/issues/22965",
    "https://github.com/motor-admin/motor-admin/issues/18",
    "sinatra/sinatra rack-protection/lib/rack/protection/base.rb",
    "omniauth/omniauth lib/omniauth/authenticity_token_protection.rb",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Rails raises this when token or origin do not fit",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /ActionController::Invalid(?:AuthenticityToken|CrossOriginRequest)|InvalidAuthenticityToken/,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Rails logs this when the token does not fit",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Can't verify CSRF token authenticity|HTTP Origin header \([^)\n]{1,200}\) didn't match request\.base_url/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Rails' words for an Origin of null",
      all: [
        { in: ["body", "log", "symptom"], text: /null' origin for a request with origin-based forgery protection/ },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "Rails' protection in the configuration",
      all: [{ in: ["config"], text: /protect_from_forgery|verify_authenticity_token|forgery_protection_origin_check/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "CSRF in Rails",
      all: [
        { in: ["symptom"], text: /\b(?:rails|devise|activeadmin|puma)\b/i },
        { in: ["symptom"], text: /\b(?:csrf|authenticity|forgery|origin)\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a form or POST of a Rails application is refused",
      all: [
        { in: ["symptom", "log"], text: /\b(?:rails|devise|activeadmin|action ?controller|actionpack)\b/i },
        {
          in: ["symptom", "request", "log"],
          text: /\b(?:POST|PUT|PATCH|DELETE|forms?|submi\w{1,6}|log(?:ging)? ?in|sign(?:ing)? ?in)\b/i,
        },
      ],
      none: [
        { in: ["symptom", "request", "headers", "body", "log", "config"], text: /host|pundit|cancan|role|permission/i },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "the login library OmniAuth writes this where the token of the form does not fit",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /OmniAuth::AuthenticityError|authenticity_error\b|OmniAuth::AuthenticityTokenProtection/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Rack::Protection logs what it denies; this check compares the session's token or the origin",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /attack prevented by Rack::Protection::(?:AuthenticityToken|RemoteToken|HttpOrigin|JsonCsrf|FormToken|RemoteReferrer)/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Rails' page for a change that was rejected (422.html)",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /The change you wanted was rejected|Maybe you tried to change something you did(?:n't|n.t) have access to/i,
        },
      ],
    },
  ],
})
