import { foreignCause } from "../cause.ts"

export const laravelWrongAuthGuard = foreignCause({
  code: "laravel/wrong-auth-guard",
  emitter: "laravel",
  title: "Role or login belong to another guard than the one the route asks",
  why: "Laravel keeps users, and the spatie permission package roles, per guard. A role made for `web` is none for `api`, and a user logged in by one guard is a guest to another.",
  fix: [
    {
      by: "operator",
      does: "Name the guard in the middleware (`auth:api`, `role:admin,api`), or create the role for the guard the route uses",
      admits: "those who have the role",
    },
    {
      by: "operator",
      does: "Set `$guard_name` of the user model, or the default guard, to the one the API uses",
      admits: "those who have the role, on all routes of that guard",
    },
  ],
  unwise: ["Taking the role's middleware off the API: every user may then call it"],
  ask: {
    question: "Which guard does the route use, and which `guard_name` has the role in the database?",
    why: "Two different names prove it.",
  },
  sources: [
    "https://spatie.be/docs/laravel-permission/v6/basic-usage/multiple-guards",
    "spatie/laravel-permission src/Exceptions/UnauthorizedException.php",
    "https://github.com/spatie/laravel-permission/issues/1320",
    "https://github.com/spatie/laravel-permission/issues/853",
    "laravel/sanctum src/Exceptions/MissingAbilityException.php",
  ],
  clues: [
    {
      weight: "strong",
      basis: "source",
      says: "the permission package's sentence where role or permission are not found for the guard",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /User does not have the right (?:roles?|permissions?)|User does not have any of the necessary access rights|UnauthorizedException: User/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the report names guards",
      all: [
        { in: ["symptom", "log"], text: /\bguards?\b(?! ?rails?)|guard_name|for guard `/i },
        {
          in: ["symptom", "body", "config", "log", "request"],
          text: /\b(?:laravel|spatie|sanctum|passport|web|api|role|permission|auth)\b/i,
        },
      ],
      none: [{ in: ["symptom", "log", "config"], text: /nest|angular|CanActivate|@Roles/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "a guard is named in the code",
      all: [{ in: ["config"], text: /guard_name|auth:(?:api|sanctum|web|admin)|'guard' ?=>|role:\w{1,40}/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "it works on web routes and not on API routes",
      all: [
        { in: ["symptom"], text: /\bweb\b[^\n]{0,80}\bapi\b|\bapi routes?\b/i },
        { in: ["symptom", "config", "body", "log"], text: /\b(?:laravel|spatie|role|permission|middleware)\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "the permission package found nobody logged in",
      all: [{ in: ["body", "log", "symptom"], text: /User is not logged in/i }],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "packages with a guard of their own",
      all: [{ in: ["symptom", "config"], text: /\b(?:sanctum|passport|jwt-auth|spatie)\b/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "authorization that heeds one guard only",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:default|wrong|another|other|second|api|web|admin|multiple|custom) (?:auth )?guards?\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:middleware|authoriz\w{1,6}|gates?|polic(?:y|ies)|can:|users?|roles?|permissions?)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /nest|angular|CanActivate|@Roles|guard ?rails?|bedrock/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a check passes under web and fails under api",
      all: [
        { in: ["symptom"], text: /\bweb\b[^\n]{0,80}\bapi\b/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /->authorize\b|authoriz|polic(?:y|ies)|\bgates?\b|auth:api|middleware/i,
        },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /nginx|apache|\baws\b|gateway/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "the permission package names the guard that does not fit",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /role or permission should use guard|GuardDoesNotMatch|There is no (?:permission|role) named [^\n]{1,80} for guard|(?:Permission|Role)DoesNotExist|must use Spatie\\+Permission\\+Traits\\+HasRoles/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Sanctum's and Passport's words for a token without the ability or scope",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Invalid ability provided|Invalid scope\(s\) provided|MissingAbilityException|MissingScopeException/,
        },
      ],
    },
  ],
})
