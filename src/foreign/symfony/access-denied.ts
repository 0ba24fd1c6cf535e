import { foreignCause } from "../cause.ts"

export const symfonyAccessDenied = foreignCause({
  code: "symfony/access-denied",
  emitter: "symfony",
  title: "Symfony knows the user and its access rules or voters say no",
  why: "`access_control`, `#[IsGranted]` and voters decide by role and subject. A role missing from the user or the token, a voter that does not support the subject, and a rule for a wider path placed before deny with the same words.",
  fix: [
    {
      by: "operator",
      does: "Give the user the role the rule names, or let the voter support the subject that is passed",
      admits: "those whom the rule then admits",
    },
    {
      by: "caller",
      does: "Use an account that has the role; log in anew after a change of roles",
      admits: "nobody else",
    },
  ],
  unwise: ["`PUBLIC_ACCESS` for the path: everyone may then call it"],
  ask: {
    question: "Which voters does the profiler's security panel list for the request, and what did each answer?",
    why: "The denial there, or a voter that abstained, is the cause.",
  },
  sources: [
    "symfony/symfony src/Symfony/Component/Security/Http/Firewall/ExceptionListener.php",
    "https://symfony.com/doc/current/security/voters.html",
    "https://github.com/symfony/symfony/issues/61569",
    "symfony/symfony src/Symfony/Component/Security/Http/EventListener/IsGrantedAttributeListener.php",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Symfony's firewall logs this where a logged-in user is denied",
      all: [
        {
          in: ["log", "symptom"],
          text: /Access denied, the user is (?:neither anonymous, nor remember-me|not fully authenticated)/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "Symfony's exceptions for it",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Symfony\\+Component\\+(?:Security|HttpKernel)\\+[\w\\]{0,60}AccessDenied(?:Http)?Exception/,
        },
      ],
      none: [{ in: ["body", "log", "symptom"], text: /action is unauthorized|Illuminate/ }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "Symfony's ways to ask for a right",
      all: [
        {
          in: ["symptom", "config"],
          text: /denyAccessUnlessGranted|#\[IsGranted|is_granted\(|access_control:|voteOnAttribute/,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "API Platform's answer where a right is missing",
      all: [{ in: ["body"], text: /"hydra:description": ?"Access Denied\.?"|"detail": ?"Access Denied\.?"/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "rights in Symfony",
      all: [
        { in: ["symptom"], text: /\b(?:symfony|api[ -]platform|easyadmin|sonata)\b/i },
        { in: ["symptom"], text: /\b(?:voters?|roles?|access denied|firewall|granted|403)\b/i },
      ],
      none: [{ in: ["symptom", "request", "body", "log"], text: /app_dev\.php|csrf/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Symfony's attribute, annotation or expression says what it asked for",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Access Denied by (?:#\[IsGranted|controller annotation @IsGranted)|Expression "is_granted\(|denyAccessUnlessGranted|Access Denied\. The user does(?:n.t| not) have ROLE_/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Symfony's own class for it",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Symfony\\+Component\\+Security\\+Core\\+Exception\\+AccessDeniedException|AccessListener\.php|AuthorizationChecker\.php/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "voters are Symfony's way to decide",
      all: [
        { in: ["symptom", "config"], text: /\b(?:security )?voters?\b/i },
        { in: ["body", "log", "symptom"], text: /access denied|\b403\b|is_granted|IsGranted|denied/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /election|poll|ballot|spring|AffirmativeBased/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the exception's short name",
      all: [{ in: ["body", "log", "symptom"], text: /\bAccessDeniedHttpException\b/ }],
      none: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /laravel|Illuminate|drupal|filament/i },
        { in: ["body", "log", "symptom"], text: /Symfony\\+Component/ },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a page of the application is denied, reached through the front controller for development",
      all: [
        { in: ["symptom", "request", "log"], text: /app_dev\.php\/\w/ },
        { in: ["symptom", "body", "log"], text: /access denied|admin|role|not granted/i },
      ],
      none: [{ in: ["body", "log", "symptom"], text: /not allowed to access this file/i }],
    },
  ],
})
