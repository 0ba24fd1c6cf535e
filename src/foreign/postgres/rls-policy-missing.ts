import { foreignCause } from "../cause.ts"

export const postgresRlsPolicyMissing = foreignCause({
  code: "postgres/rls-policy-missing",
  emitter: "postgres",
  title: "No row-level security policy lets this role write this row",
  why: "With row level security on, a table without a policy for a command refuses it to everyone but its owner, and a new row must meet the policy's `WITH CHECK`. PostgREST and Supabase turn SQLSTATE 42501 into 403.",
  fix: [
    {
      by: "operator",
      does: "Add a policy for INSERT with a `WITH CHECK` such as `auth.uid() = user_id`, to the role that writes",
      admits: "each user, to rows of their own",
    },
    { by: "caller", does: "Send the user's token, and the user's own id in the row", admits: "nobody else" },
  ],
  unwise: [
    "`WITH CHECK (true)` for `anon` lets everyone write",
    "Disabling row level security, or using the service key in the client, opens the table to everyone",
  ],
  ask: {
    question: "Which role does the request run as, and does a policy of this table name that role and command?",
    why: "A request without the user's token runs as `anon`",
  },
  sources: [
    "https://www.postgresql.org/docs/current/ddl-rowsecurity.html",
    "https://github.com/denoland/saaskit/issues/78",
    "https://github.com/kortix-ai/suna/issues/163",
  ],
  clues: [
    {
      weight: "strong",
      basis: "documented",
      says: "PostgreSQL refuses the new row by its policies",
      all: [{ in: ["body", "log", "symptom"], text: /violates row-level security policy/i }],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bRETURNING\b|return=representation|\.select\(/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "SQLSTATE of a right that is missing",
      all: [{ in: ["body", "log", "symptom"], text: /\b42501\b/ }],
      none: [{ in: ["body", "log", "symptom"], text: /permission denied for (?:table|schema|relation|function)/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "policies are missing",
      all: [
        {
          in: ["symptom"],
          text: /\bno (?:insert )?polic(?:y|ies)\b|\bpolic(?:y|ies)\b[^\n]{0,30}\bmissing\b|\bmissing\b[^\n]{0,30}\bpolic/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /supabase|postgres|row[- ]level|\bRLS\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "row-level security is spoken of",
      all: [
        { in: ["symptom", "config", "log"], text: /\brow[- ]level security\b|\bRLS\b|\bsupabase\b|\bpostgrest\b/i },
      ],
    },
  ],
})
