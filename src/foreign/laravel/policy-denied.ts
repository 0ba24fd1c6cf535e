import { foreignCause } from "../cause.ts"

export const laravelPolicyDenied = foreignCause({
  code: "laravel/policy-denied",
  emitter: "laravel",
  title: "A policy or gate says no, or none is registered for the model",
  why: "`authorize()`, `can` and `authorizeResource` ask the policy of the model. A policy that is not found, that a guest meets, or whose comparison fails (an id that is text on one side) answers no with the same sentence.",
  fix: [
    {
      by: "operator",
      does: "Correct the policy's method, or register the policy for the model's class (`Model::class => ModelPolicy::class`)",
      admits: "those whom the policy then admits",
    },
    {
      by: "owner",
      does: "Have the role or ownership that the policy asks for given to the user",
      admits: "that one user",
    },
  ],
  unwise: ["`Gate::before(fn () => true)` or taking the check out: everyone who is logged in may then do it"],
  ask: {
    question: "Is the policy's method reached at all (log inside it), and what does it compare?",
    why: "Not reached points to registration, a guest or the wrong model; reached shows the comparison.",
  },
  sources: [
    "laravel/framework src/Illuminate/Auth/Access/Gate.php",
    "laravel/framework src/Illuminate/Auth/Access/AuthorizationException.php",
    "https://laravel.com/docs/authorization",
    "https://github.com/liyu001989/lumen-api-demo/issues/41",
    "https://github.com/tailflow/laravel-orion/issues/24",
  ],
  clues: [
    {
      weight: "strong",
      basis: "source",
      says: "Laravel's sentence where a policy or authorize() says no",
      all: [{ in: ["body", "log", "symptom"], text: /This action is unauthorized|AuthorizationException/i }],
      none: [
        {
          in: ["symptom", "config"],
          text: /\bform[ _-]?request|FormRequest|function authorize\(\)|with-form-request|make:request/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "source",
      says: "Laravel's sentence where a policy or authorize() says no",
      all: [{ in: ["body", "log", "symptom"], text: /This action is unauthorized|AuthorizationException/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the report names policies or gates",
      none: [{ in: ["symptom"], text: /\bguards?\b|\bweb\b[^\n]{0,80}\bapi\b/i }],
      all: [
        {
          in: ["symptom"],
          text: /\b(?:polic(?:y|ies)|gates?|authorizeResource|DisableAuthorization|abilit(?:y|ies))\b/i,
        },
        {
          in: ["body", "log", "symptom", "config"],
          text: /action is unauthorized|laravel|lumen|eloquent|AuthorizationException|authorize|Filament|Nova|Orion/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the report names the call that asks the policy",
      all: [{ in: ["symptom"], text: /\$this->authorize\(|\bGate::\w{1,20}\(/ }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "policies or gates in the code",
      all: [
        {
          in: ["config"],
          text: /authorizeResource|->authorize\(|Gate::|->can\(|extends \w{0,40}Policy|HandlesAuthorization|\$policies|Policy::class|@can\b/,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "reading and editing what belongs to someone is where policies decide",
      all: [
        { in: ["symptom"], text: /\b(?:edit|delete|destroy|view|viewAny|index|owner|other user'?s?|admin)\b/i },
        { in: ["body", "log", "symptom"], text: /action is unauthorized/i },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "Laravel's administration panels ask policies",
      all: [{ in: ["symptom"], text: /\b(?:filament|nova|orion|backpack|voyager)\b/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "Laravel refuses, and nothing more is told",
      all: [{ in: ["symptom", "config"], text: /\blaravel\b/i }],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /csrf|419|signature|signed|upload|storage|nginx|apache|htaccess|email|token|role|permission/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a policy for a model or resource is spoken of",
      all: [
        { in: ["symptom"], text: /\bpolic(?:y|ies)\b/i },
        { in: ["symptom"], text: /\b(?:models?|resources?|methods?|registered|mapped|index|view|true)\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /istio|kube|k8s|bucket|\bs3\b|\baws\b|iam\b|RLS|row[- ]level|supabase|insert|azure|gcp|keycloak|tyk|kong|envoy|opa\b|cors|firewall|password|resource policy|AuthorizationPolicy|namespace|guard|guarded by role/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "the frame of the gate or policy in the trace",
      all: [
        {
          in: ["body", "log"],
          text: /Illuminate[\\/]+Auth[\\/]+Access[\\/]+(?:Gate|Response|HandlesAuthorization)|AuthorizesRequests\.php/,
        },
      ],
      none: [{ in: ["body", "log"], text: /FormRequest/ }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "who may enter the administration panel is decided by a method of the user or a gate",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /canAccess(?:Panel|Filament)|FilamentUser|viewNova|viewHorizon|viewTelescope|viewPulse|NovaServiceProvider|HorizonServiceProvider/,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "panels of Laravel are open in the local environment only, until a gate or method says otherwise",
      all: [
        { in: ["symptom"], text: /\b(?:filament|nova|horizon|telescope|pulse)\b/i },
        {
          in: ["symptom"],
          text: /\b(?:production|deploy\w{0,4}|hosting|live|server|local(?:ly|host)?|log-?in|log(?:ged|ging)? in)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /try_files|nginx\.conf|signature|csrf|419|openstack|bedrock|novita/i,
        },
      ],
    },
  ],
})
