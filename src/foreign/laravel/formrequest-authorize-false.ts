import { foreignCause } from "../cause.ts"

export const laravelFormrequestAuthorizeFalse = foreignCause({
  code: "laravel/formrequest-authorize-false",
  emitter: "laravel",
  title: "The form request's authorize() returns false",
  why: "A request class that Laravel generates has `authorize()` return false, so that a route is closed until someone decides who may use it. Until it is changed, every submission is refused before validation.",
  fix: [
    {
      by: "operator",
      does: "Let `authorize()` ask what the route needs (`return $this->user()->can('update', $this->route('post'))`)",
      admits: "those whom the check admits",
    },
    {
      by: "operator",
      does: "Let `authorize()` return true where the route's middleware or policy already decides",
      admits: "everyone the route's middleware lets through",
    },
  ],
  unwise: ["Leaving `return true` on a route without any other check: everyone may then submit"],
  ask: {
    question:
      "Does the controller's method take a class of `App\\Http\\Requests`, and what does its `authorize()` return?",
    why: "False there is the cause, before any policy is asked.",
  },
  sources: [
    "laravel/framework src/Illuminate/Foundation/Http/FormRequest.php",
    "laravel/framework src/Illuminate/Auth/Access/AuthorizationException.php",
    "https://laravel.com/docs/validation#authorizing-form-requests",
    "https://github.com/CrestApps/laravel-code-generator/issues/30",
    "https://github.com/laravel-enso/cli/issues/8",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "the request class is named",
      all: [
        {
          in: ["symptom", "log"],
          text: /\bform[ _-]?requests?\b|FormRequest|failedAuthorization|Http\\Requests\\|make:request|with-form-request/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "the method stands there and returns false",
      all: [{ in: ["config"], text: /function authorize\(\)(?:: ?bool)?\s{0,20}\{[^}]{0,200}return false/ }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "request classes in the code",
      all: [
        {
          in: ["config"],
          text: /extends FormRequest|make:request|with-form-request|Http\\Requests\\|StoreRequest|UpdateRequest/,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "Laravel's sentence where authorize() or a policy says no",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /This action is unauthorized|この行為は許可されていません|Esta acción no está autorizada|Diese Aktion ist nicht autorisiert|Cette action n'est pas autorisée|AuthorizationException/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a form or record is submitted or saved",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:form|submit\w*|sav(?:e|es|ing)|stor(?:e|es|ing)|creat(?:e|es|ing)|validat\w*|register|POST)\b/i,
        },
        { in: ["body", "log", "symptom"], text: /action is unauthorized|laravel|AuthorizationException/i },
      ],
      none: [{ in: ["symptom", "config"], text: /\bpolic(?:y|ies)\b|Policy|authorizeResource|\bgate\b|\brole/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "only requests with a body are validated by such a class",
      all: [
        { in: ["request"], text: /(?:^|\s|-X ?)(?:POST|PUT|PATCH)\b/m },
        { in: ["body", "log", "symptom"], text: /action is unauthorized/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a request class of Laravel decides",
      all: [
        {
          in: ["symptom", "config"],
          text: /\brequest class\b|\bauthorize(?:\(\))?\b[^\n]{0,20}\b(?:method )?(?:returns?|false)\b/i,
        },
        { in: ["symptom", "body", "config"], text: /laravel|action is unauthorized|\brules\(\)/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a fresh installation or a generated controller is refused when it saves",
      all: [
        {
          in: ["symptom"],
          text: /\bfresh(?:ly)?\b|\bgenerated\b|\bnew (?:installation|project|controller)\b|\bactivat\w{1,4}\b|\binsert|\bstore\b/i,
        },
        { in: ["body", "log", "symptom"], text: /action is unauthorized/i },
      ],
      none: [{ in: ["symptom"], text: /\bpolic(?:y|ies)\b|\bgate\b|\brole|\bview|\bindex\b|\blist/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "the frame of the request class in the trace",
      all: [
        {
          in: ["body", "log"],
          text: /FormRequest(?:\.php|->(?:failedAuthorization|validateResolved|passesAuthorization)|ServiceProvider\.php)/,
        },
      ],
    },
  ],
})
