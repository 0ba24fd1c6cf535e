import { foreignCause } from "../cause.ts"

export const laravelUnverifiedEmail = foreignCause({
  code: "laravel/unverified-email",
  emitter: "laravel",
  title: "The user's address is not verified yet",
  why: "The `verified` middleware lets only users with a confirmed address through. To scripts it answers 403, to pages with a redirect to the notice.",
  fix: [
    { by: "caller", does: "Open the link in the verification mail, or have it sent again", admits: "nobody else" },
    {
      by: "operator",
      does: "Take `verified` off the routes that a new user needs, such as the notice itself",
      admits: "users without a confirmed address, on those routes",
    },
  ],
  unwise: ["Setting `email_verified_at` for all users: addresses nobody owns then count as confirmed"],
  ask: { question: "Is `email_verified_at` of the user empty?", why: "Empty proves it." },
  sources: [
    "laravel/framework src/Illuminate/Auth/Middleware/EnsureEmailIsVerified.php",
    "https://laravel.com/docs/verification",
    "https://github.com/protonemedia/laravel-splade/issues/274",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Laravel's sentence for it",
      all: [{ in: ["body", "log", "symptom"], text: /Your email address is not verified/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the contract and middleware that ask for a verified address",
      all: [{ in: ["symptom", "config"], text: /MustVerifyEmail|EnsureEmailIsVerified|'verified'|email_verified_at/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the report tells of a user who has just registered",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:unverified|not verified|verify (?:the |your )?e-?mail|after registration|newly registered)\b/i,
        },
      ],
      none: [{ in: ["body", "log", "symptom"], text: /signature/i }],
    },
  ],
})
