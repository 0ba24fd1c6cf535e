import { foreignCause } from "../cause.ts"

export const railsHostBlocked = foreignCause({
  code: "rails/host-blocked",
  emitter: "rails",
  isNoMatterOfRights: true,
  title: "Rails does not know the host name that was asked for",
  why: "Against DNS rebinding Rails answers only for hosts in `config.hosts`, and 403 for any other. Health checks by address, tunnels and new names are the usual victims.",
  fix: [
    {
      by: "operator",
      does: "Add this one name to `config.hosts` (or the application's variable for it, such as `APPLICATION_HOSTS`)",
      admits: "requests for that name, from anyone who can reach the port",
    },
    {
      by: "operator",
      does: "Let the health check ask with a known Host, or exclude its one path in `config.host_authorization`",
      admits: "everyone who can reach the port, for that path",
    },
  ],
  unwise: [
    "`config.hosts.clear` or `nil`: pages of other sites may then reach the application by rebinding, and links can be forged through Host",
  ],
  ask: {
    question: "Which Host does the refused request name?",
    why: "A name that `config.hosts` does not have is the cause.",
  },
  sources: [
    "rails/rails actionpack/lib/action_dispatch/middleware/host_authorization.rb",
    "https://guides.rubyonrails.org/configuring.html#actiondispatch-hostauthorization",
    "https://github.com/mastodon/mastodon/issues/20238",
    "https://github.com/Freika/dawarich/issues/753",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Rails' host check writes this",
      all: [{ in: ["body", "log", "symptom"], text: /ActionDispatch::HostAuthorization|Blocked hosts?: ?\S/ }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "Rails' list of hosts",
      all: [{ in: ["config"], text: /config\.hosts?\b|host_authorization|RAILS_DEVELOPMENT_HOSTS/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the report names Rails' host check",
      all: [{ in: ["symptom"], text: /\b(?:config\.hosts|blocked host|host authori[sz]ation)\b/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "Rails, and a name or health check that is new to it",
      all: [
        { in: ["symptom"], text: /\b(?:rails|puma|mastodon|discourse|gitlab)\b/i },
        {
          in: ["symptom"],
          text: /\b(?:host(?:name)?|domain|health ?checks?|ngrok|tunnel|load ?balancer|unhealthy)\b/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Rack::Protection's check of the host, as Sinatra has it",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /attack prevented by Rack::Protection::HostAuthorization|^\s{0,8}Host not permitted\s{0,8}$/m,
        },
      ],
    },
  ],
})
