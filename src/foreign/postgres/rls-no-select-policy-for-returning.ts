import { foreignCause } from "../cause.ts"

export const postgresRlsNoSelectPolicyForReturning = foreignCause({
  code: "postgres/rls-no-select-policy-for-returning",
  emitter: "postgres",
  title: "The row may be inserted, but not read back, and the statement returns it",
  why: "`INSERT … RETURNING` applies the SELECT policies to the new row too and fails with the same message where none shows it. PostgREST and Supabase return the row when the client asks for it with `.select()` or `Prefer: return=representation`.",
  fix: [
    {
      by: "owner",
      does: "Ask for no row: leave `.select()` out or send `Prefer: return=minimal`",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Add a SELECT policy that shows users their own rows, such as `auth.uid() = user_id`",
      admits: "each user, to their own rows",
    },
  ],
  unwise: [
    "`FOR SELECT USING (true)` shows every row to everyone",
    "Disabling row level security, or using the service key in the client, opens the table to everyone",
  ],
  ask: {
    question: "Does the insert succeed with `Prefer: return=minimal`?",
    why: "If so the INSERT policy is right and a SELECT policy is missing",
  },
  sources: [
    "https://www.postgresql.org/docs/current/sql-createpolicy.html",
    "https://github.com/supabase/supabase/issues/2378",
    "https://github.com/supabase/agent-skills/issues/250",
  ],
  clues: [
    {
      weight: "fair",
      basis: "documented",
      says: "PostgreSQL refuses the new row",
      all: [{ in: ["body", "log", "symptom"], text: /violates row-level security policy/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the statement asks for the row back",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bRETURNING\b|return=representation|\.insert\([^)\n]{0,200}\)\s{0,5}\.select\(|\.select\(\)|\.single\(\)/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /row[- ]level security|\bRLS\b|\b42501\b|supabase|postgrest/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "an insert policy exists, and a select policy is spoken of",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /\bselect\b[^\n]{0,30}\bpolic|\bpolic(?:y|ies)\b[^\n]{0,30}\b(?:for |on )?select\b|FOR SELECT/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /row[- ]level security|\bRLS\b|\b42501\b|supabase|\bpolic(?:y|ies)\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the insert policy allows and the insert is refused",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /\binsert\b[^\n]{0,60}\b(?:policy|with check)\b[^\n]{0,60}\b(?:true|allow\w{0,3}|exists|correct|anon|authenticated)\b|FOR INSERT[^;]{0,120}WITH CHECK/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /row[- ]level security|\bRLS\b|\b42501\b/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the insert policy is told to allow it, or the insert passes where nothing is asked back",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:although|though|even though|despite|but|yet|have|with|only)\b[^\n]{0,40}\b(?:insert|with check)\b[^\n]{0,30}\b(?:polic(?:y|ies)|true|check)\b|\binsert polic(?:y|ies)\b[^\n]{0,60}\b(?:true|exists?|correct|allows?|defined|created|enabled|set)\b|\bSQL editor\b[^\n]{0,30}\b(?:works?|passes|succeeds?|fine|ok)\b|\b(?:works?|passes|succeeds?|inserting)\b[^\n]{0,30}\bSQL editor\b/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /row[- ]level security|\bRLS\b|\b42501\b|supabase|postgrest/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /table \\?"?objects|storage|bucket|webhook|anon key|logged out|not authenticated/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "writing passes as long as nothing is read back",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:without|removing|unless|except (?:with|when)|as soon as)\b[^\n]{0,24}(?:\.?select\(\)|\bselect\b|\breturning\b|return=(?:minimal|representation))/i,
        },
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /supabase|postgrest|row-level|\bRLS\b|policy/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an insert is refused although a policy for it is there",
      all: [
        { in: ["symptom"], text: /\binsert\w{0,3}\b|\bcreat\w{1,3}\b|\badd\w{0,3}\b/i },
        { in: ["symptom"], text: /\b(?:although|even though|despite|but)\b[^\n]{0,60}\bpolic(?:y|ies)\b/i },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /aws|bucket|s3|istio|iam\b|kube|laravel/i,
        },
      ],
    },
  ],
})
