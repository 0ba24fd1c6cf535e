import { foreignCause } from "../cause.ts"

export const aspnetAntiforgery = foreignCause({
  code: "aspnet/antiforgery",
  emitter: "aspnet",
  status: 400,
  title: "ASP.NET Core's antiforgery token is missing, of another key ring or of another user",
  why: "A form's token and a cookie are encrypted with the application's keys and name the user. Keys that change at each start or differ between instances, and a login in another tab, leave tokens that cannot be read. The answer is 400; applications that call Forbid() make it 403.",
  fix: [
    {
      by: "operator",
      does: "Keep the data protection keys in a store that all instances share and that outlives a restart (`PersistKeysTo…` with one `SetApplicationName`)",
      admits: "nobody else",
    },
    { by: "caller", does: "Load the form again, and send its token and cookie", admits: "nobody else" },
  ],
  unwise: ["`[IgnoreAntiforgeryToken]` on actions that a cookie logs in: other sites may then act in the user's name"],
  ask: {
    question: "Does the log say that a key was not found in the key ring?",
    why: "Then the keys changed or differ between instances; otherwise the request lacks token or cookie.",
  },
  sources: [
    "dotnet/aspnetcore src/Antiforgery/src/Internal/DefaultAntiforgery.cs",
    "https://learn.microsoft.com/aspnet/core/security/anti-request-forgery",
    "https://github.com/dotnet/core/issues/1947",
    "dotnet/aspnetcore src/Antiforgery/src/Resources.resx",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "ASP.NET Core's antiforgery says so",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /AntiforgeryValidationException|The required anti-?forgery (?:cookie|request token|form field)|antiforgery token could not be decrypted|HttpAntiForgeryException|Antiforgery token validation failed/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the key that made the token is not there any more",
      all: [{ in: ["body", "log", "symptom"], text: /The key \{[0-9a-f-]{36}\} was not found in the key ring/ }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the token's field, cookie or attribute",
      all: [
        {
          in: ["request", "headers", "config"],
          text: /__RequestVerificationToken|\.AspNetCore\.Antiforgery|ValidateAntiForgeryToken|RequestVerificationToken/,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "antiforgery in ASP.NET",
      all: [
        { in: ["symptom"], text: /\b(?:asp\.?net|blazor|razor|abp|\.net core|kestrel)\b/i },
        { in: ["symptom"], text: /\b(?:anti-?forgery|csrf|xsrf)\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an ASP.NET application refuses a form or POST",
      all: [
        {
          in: ["symptom", "headers", "log"],
          text: /asp\.net|\bblazor\b|\brazor\b|\.aspnetcore\b|__RequestVerificationToken/i,
        },
        { in: ["symptom", "request"], text: /\b(?:POST|PUT|PATCH|DELETE|forms?|submi\w{1,6}|log(?:ging)? ?in)\b/i },
      ],
      none: [{ in: ["symptom", "request", "headers", "body", "log", "config"], text: /403\.\d|role|policy|\bIIS\b/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "ASP.NET's antiforgery, old and new, says so",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /anti-?forgery (?:cookie )?(?:token|header)[^\n]{0,60}(?:do(?:es)? not match|could not be decrypted|meant for|was not supplied|were swapped|is not present|is invalid)|AutoValidateAntiforgery|ValidateAntiForgeryToken\w*Filter|required anti-?forgery|AntiForgery validation failed|antiforgery header value/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the filter's name, or the framework's resource name",
      all: [
        {
          in: ["symptom", "log", "config", "body"],
          text: /AntiforgeryToken|AntiForgeryToken|__RequestVerificationToken|AddAntiforgery/,
        },
      ],
    },
  ],
})
