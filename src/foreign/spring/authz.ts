import { foreignCause } from "../cause.ts"

export const springAuthz = foreignCause({
  code: "spring/authz",
  emitter: "spring",
  title: "Spring Security knows the user and finds no rule or authority that lets it in",
  why: 'Rules by path, `@PreAuthorize` and `hasRole` compare the authorities of the login. `hasRole("X")` looks for `ROLE_X`; tokens often give roles without that prefix or as scopes, and a rule that matches no path denies by default.',
  fix: [
    {
      by: "operator",
      does: 'Give the login the authority the rule names, with its prefix (`ROLE_ADMIN` for `hasRole("ADMIN")`), or compare with `hasAuthority`',
      admits: "users with that authority",
    },
    {
      by: "operator",
      does: "Convert the token's roles in a `JwtAuthenticationConverter`, so that they become authorities",
      admits: "users whose token has the role",
    },
  ],
  unwise: ["`permitAll()` on the path: everyone may then call it"],
  ask: {
    question:
      "Which authorities does the log show for the login (`logging.level.org.springframework.security=TRACE`), and which does the rule ask for?",
    why: "The difference, often only `ROLE_`, is the cause.",
  },
  sources: [
    "https://docs.spring.io/spring-security/reference/servlet/authorization/authorize-http-requests.html",
    "spring-projects/spring-security web/src/main/java/org/springframework/security/web/access/AccessDeniedHandlerImpl.java",
    "https://github.com/koushikkothagal/spring-security-jpa/issues/1",
    "https://github.com/habuma/spring-in-action-5-samples/issues/55",
    "https://github.com/ali-bouali/spring-boot-3-jwt-security/issues/20",
  ],
  clues: [
    {
      weight: "strong",
      basis: "source",
      says: "Spring Security's exception where authorities do not suffice",
      all: [
        { in: ["body", "log", "symptom"], text: /AccessDeniedException|AuthorizationDeniedException|Access is denied/ },
      ],
      none: [
        {
          in: ["body", "log", "symptom"],
          text: /bedrock|AWS|errorfactory|An error occurred \(|dynamodb|java\.nio\.file|csrf|SharePoint|IIS/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Spring Security traces this where no rule matches, or where nobody is logged in and no entry point is set",
      all: [
        {
          in: ["log"],
          text: /Denying request since did not find matching RequestMatcher|Failed to authorize|Responding with 403 status code|Http403ForbiddenEntryPoint/,
        },
      ],
      none: [{ in: ["log"], text: /Invalid CSRF token/ }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "rules by role or authority in the code",
      all: [
        {
          in: ["config"],
          text: /has(?:Any)?(?:Role|Authority)\(|@PreAuthorize|@Secured|@RolesAllowed|SimpleGrantedAuthority|authorizeHttpRequests|antMatchers|requestMatchers|intercept-url/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the report names roles in Spring",
      all: [{ in: ["symptom"], text: /has(?:Any)?(?:Role|Authority)|ROLE_|@PreAuthorize|GrantedAuthorit/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "Spring, with a login that is right",
      all: [
        { in: ["symptom"], text: /\bspring\b/i },
        {
          in: ["symptom"],
          text: /\b(?:valid (?:token|jwt)|jwt|role|roles|authorit(?:y|ies)|authenticated|logged in|keycloak|permission|GET)\b/i,
        },
      ],
      none: [{ in: ["symptom", "body", "log"], text: /csrf|CORS|preflight/i }],
    },
    {
      weight: "fair",
      basis: "source",
      says: "Spring Boot's error page or JSON, with no reason told",
      all: [
        {
          in: ["body"],
          text: /"timestamp"\s?:[^}]{0,80}"status"\s?:\s?403,\s{0,10}"error"\s?:\s?"Forbidden"|type=Forbidden, status=403/,
        },
      ],
      none: [{ in: ["body", "log"], text: /csrf|CORS/i }],
    },
    {
      weight: "against",
      basis: "documented",
      says: "only unsafe methods fail, which points to CSRF",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:GET|GetMapping|reads?) (?:requests? )?(?:works?|is fine|are fine|ok)\b|\bworks? only (?:for|with) (?:the )?GETs?\b|\b(?:read|listed|fetched)\b[^\n]{0,30}\bbut\b[^\n]{0,40}\b(?:creat|sav|updat|delet)\w{0,4}\b|\bworks?\b[^\n]{0,60}\bbut\b[^\n]{0,20}\b(?:POST|PUT|PATCH|DELETE)\b/i,
        },
      ],
      none: [{ in: ["symptom"], text: /\brole/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "Spring refuses, and nothing more is told",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /\bspring(?:[- ]?(?:boot|security|cloud))?\b|springframework|o\.s\.s(?:ecurity)?\./i,
        },
      ],
      none: [{ in: ["symptom", "body", "log"], text: /csrf|CORS|preflight|\b(?:POST|PUT|PATCH|DELETE)\b/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the request stays anonymous: no filter of the chain took the token",
      all: [
        {
          in: ["log", "symptom"],
          text: /AnonymousAuthenticationFilter|Http403ForbiddenEntryPoint|AuthorizationFilter\b|anonymousUser/,
        },
      ],
      none: [{ in: ["symptom", "body", "log"], text: /csrf/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the headers Spring Security writes to every answer",
      all: [
        { in: ["headers"], text: /cache-control: ?no-cache, no-store, max-age=0, must-revalidate/i },
        { in: ["headers"], text: /x-content-type-options: ?nosniff/i },
        { in: ["headers"], text: /expires: ?0\b/i },
      ],
      none: [{ in: ["symptom", "request", "headers", "body", "log", "config"], text: /keycloak|csrf/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a token that is taken for valid, and a protected endpoint",
      all: [
        {
          in: ["symptom"],
          text: /\bvalid (?:jwt|token)\b|\b(?:jwt|token)\b[^\n]{0,20}\b(?:is |are )?(?:valid|verified)\b/i,
        },
        { in: ["symptom"], text: /\b(?:protected|secured) (?:endpoints?|resources?|routes?|apis?)\b|\btutorial\b/i },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /django|laravel|express|istio|envoy|nginx|aws|kong|fastapi|csrf/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Spring's resource server says which scope it wants",
      all: [
        {
          in: ["body", "log", "symptom", "headers"],
          text: /insufficient_scope[^\n]{0,200}(?:higher privileges than provided|Insufficient scope for this resource)|The request requires higher privileges than provided by the access token/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Spring's entry point or resource server refuses",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Pre-authenticated entry point called\. Rejecting access|"error_description" ?: ?"(?:Access is denied|Insufficient scope for this resource)"/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "Spring's words for rules by path are in the report",
      all: [
        {
          in: ["symptom"],
          text: /\bpermitAll\b|\banyRequest\b|\brequestMatchers?\b|\bantMatchers?\b|\bSecurityFilterChain\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "body", "log"],
          text: /csrf(?!\(?\)?\.?disable| is disabled| disabled)|\bCORS\b|preflight|OPTIONS/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "source",
      says: "the roles are those of Symfony",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /symfony|sonata|FOSUser|AccessDeniedHttpException|easyadmin|role_hierarchy|is_granted/i,
        },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /springframework/i }],
    },
  ],
})
