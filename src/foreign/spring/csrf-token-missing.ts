import { foreignCause } from "../cause.ts"

export const springCsrfTokenMissing = foreignCause({
  code: "spring/csrf-token-missing",
  emitter: "spring",
  title: "Spring Security wants a CSRF token and the request has none",
  why: "As soon as Spring Security is there, it asks every POST, PUT, PATCH and DELETE for the session's token. REST clients know nothing of it: GET passes and everything else is 403.",
  fix: [
    {
      by: "operator",
      does: 'Exempt the paths of an API that is called with a token in Authorization and without cookies (`csrf.ignoringRequestMatchers("/api/**")`)',
      admits: "nobody else, as long as no cookie logs in there",
    },
    {
      by: "caller",
      does: "Send the session's token in `X-CSRF-TOKEN` (or the `XSRF-TOKEN` cookie's value in `X-XSRF-TOKEN`)",
      admits: "nobody else",
    },
  ],
  unwise: ["`csrf().disable()` for an application that logs in by cookie: other sites may then act in the user's name"],
  ask: {
    question: "Is the caller known by a cookie, or by an Authorization field?",
    why: "A cookie needs the token; Authorization alone does not need the check.",
  },
  sources: [
    "spring-projects/spring-security web/src/main/java/org/springframework/security/web/csrf/MissingCsrfTokenException.java",
    "spring-projects/spring-security web/src/main/java/org/springframework/security/web/csrf/CsrfFilter.java",
    "https://docs.spring.io/spring-security/reference/servlet/exploits/csrf.html",
    "https://github.com/adessoSE/coderadar/issues/83",
    "https://github.com/mswiderski/jbpm-examples/issues/11",
    "https://github.com/spring-guides/tut-spring-security-and-angular-js/issues/120",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Spring Security says that the token was null",
      all: [{ in: ["body", "log", "symptom"], text: /Invalid CSRF Token 'null'/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Spring Security's sentences where there is no token to compare",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Could not verify the provided CSRF token because (?:no token was found to compare|your session was not found)|Expected CSRF token not found|An expected CSRF token cannot be found/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "the filter logs this for a missing token and for a wrong one",
      all: [{ in: ["log", "symptom"], text: /Invalid CSRF token found for/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "unsafe methods fail on Spring while GET passes",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:GET|GetMapping)\b[^\n]{0,60}\b(?:works?|fine|ok|passes|succeeds?|200)\b|\b(?:only|all|every) (?:POST|PUT|DELETE)s?\b|\b(?:POST|PUT|DELETE|PATCH)\b[^\n]{0,60}\b(?:403|fails?|forbidden|denied)\b/,
        },
        {
          in: ["symptom", "config", "log", "body"],
          text: /\bspring\b|springframework|\b(?:Get|Post|Put|Patch|Delete)Mapping\b|\bactuator\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config"],
          text: /csrf\(?\)?\.disable|csrf ?-> ?csrf\.disable|AbstractHttpConfigurer::disable|\brole/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "an unsafe request met Spring Boot's error page or JSON, with no reason told",
      all: [
        {
          in: ["body"],
          text: /"timestamp"\s?:[^}]{0,80}"status"\s?:\s?403,\s{0,10}"error"\s?:\s?"Forbidden"|type=Forbidden, status=403/,
        },
        { in: ["request", "symptom"], text: /\b(?:POST|PUT|PATCH|DELETE)\b/ },
      ],
      none: [{ in: ["config"], text: /csrf\(\)\.disable/ }],
    },
    {
      weight: "fair",
      basis: "source",
      says: "an endpoint of the actuator that is written to was refused with no reason told",
      all: [
        { in: ["body"], text: /"error"\s?:\s?"Forbidden"/ },
        {
          in: ["request", "body"],
          text: /\/actuator\/(?:env|refresh|shutdown|restart|pause|resume|loggers\/|bus-?refresh)/,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "something was to be changed, and Spring Boot's JSON tells no reason",
      all: [
        { in: ["body"], text: /"timestamp"\s?:[^}]{0,80}"status"\s?:\s?403,\s{0,10}"error"\s?:\s?"Forbidden"/ },
        { in: ["symptom"], text: /\b(?:updat|sav|creat|submit|post|delet|upload|chang|regist)\w*\b/i },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "CSRF in Spring",
      all: [
        { in: ["symptom"], text: /\bspring\b/i },
        { in: ["symptom"], text: /\bcsrf\b/i },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "GET passes and an unsafe method does not, at an application whose maker is not told",
      all: [
        {
          in: ["symptom"],
          text: /\bGET\b[^\n]{0,40}\b(?:works?|fine|ok|passes)\b[^\n]{0,60}\b(?:POST|PUT|DELETE|PATCH)\b/,
        },
      ],
      none: [
        {
          in: ["symptom", "body", "log", "config"],
          text: /nginx|apache|aws|cloudfront|django|express|laravel|rails|kong|s3/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Spring Security's configuration leaves the check on, and an unsafe request is refused",
      all: [
        {
          in: ["config"],
          text: /\bhttp\s{0,40}\.(?:httpBasic|authorizeRequests|authorizeHttpRequests|antMatcher|securityMatcher|formLogin|sessionManagement|oauth2ResourceServer)\b|WebSecurityConfigurerAdapter|SecurityFilterChain|@EnableWebSecurity/,
        },
        {
          in: ["symptom", "request"],
          text: /\b(?:post|put|patch|delete|submit\w{0,4}|creat\w{1,3}|updat\w{1,3}|upload\w{0,3})\b/i,
        },
      ],
      none: [
        {
          in: ["config", "symptom", "log"],
          text: /csrf\(?\)?\.?\s{0,10}\(?\)?\.?disable|csrf ?-> ?csrf\.disable|AbstractHttpConfigurer::disable|hasRole|hasAuthority|hasAnyRole|preflight|\bcors\b|OPTIONS|DENY/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "every change is refused, at an application whose maker is not told",
      all: [{ in: ["symptom"], text: /\b(?:all|every|any|each) (?:http )?(?:post|put|delete|patch)\b/i }],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /nginx|apache|aws|cloudfront|django|express|laravel|rails|kong|s3|jenkins|drupal|sap\b|waf/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the headers of Spring Security, and an unsafe request",
      all: [
        { in: ["headers"], text: /cache-control: ?no-cache, no-store, max-age=0, must-revalidate/i },
        { in: ["headers"], text: /expires: ?0\b/i },
        { in: ["request", "symptom"], text: /\b(?:POST|PUT|PATCH|DELETE)\b/ },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /keycloak|authorization: ?bearer|\bjwt\b|csrf\(?\)?\.disable/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "POST to an API is refused, and nothing more is told",
      all: [
        { in: ["symptom"], text: /\bPOST(?:s|ing)?\b[^\n]{0,30}\b(?:REST|API|endpoint|controller|java)\b/i },
        { in: ["symptom"], text: /\b403\b|forbidden|fails?|refused/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /cloudflare|cloudfront|\baws\b|\bs3\b|bucket|jenkins|crumb|kube|k8s|github|gitlab|docker hub|nginx: |openai|gemini|bedrock|anthropic|claude|wordpress|wp-json|laravel|spring|express|rails|grafana|svelte|astro|next\.?js|istio|envoy|azure|traefik|kong|haproxy|oauth|authelia|keycloak|saml|ldap|sso\b|mod_?security|waf\b|captcha|vpn|\brole|permission/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "only reading requests pass on Spring",
      all: [
        {
          in: ["symptom"],
          text: /\bworks? only (?:for|with) (?:the )?GETs?\b|\bonly (?:the )?GETs? (?:requests? )?(?:works?|pass|is allowed|are allowed)|\ball other (?:kinds? of |types? of |methods?|requests?)[^\n]{0,40}\b(?:403|fail|forbidden)/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /spring|\bBoot [23]\b|requestMatchers|antMatchers|SecurityFilterChain|HttpSecurity/,
        },
      ],
      none: [
        {
          in: ["symptom", "config"],
          text: /csrf\(?\)?\.disable|csrf ?-> ?csrf\.disable|AbstractHttpConfigurer::disable|\brole/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "what is read comes, and what creates or changes is refused, on Spring",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:read|listed|list|fetched|retrieved|viewed|get)\b[^\n]{0,40}\b(?:but|while|yet)\b[^\n]{0,60}\b(?:creat|sav|updat|delet|submit|add|chang|regist)\w{0,4}\b|\b(?:creat|sav|updat|delet|submit)\w{0,4}\b[^\n]{0,80}\b(?:but|while)\b[^\n]{0,40}\b(?:reading|listing|fetching)\b/i,
        },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bspring\b|springframework/i },
      ],
      none: [{ in: ["symptom", "config", "body", "log"], text: /csrf\(?\)?\.disable|\brole|authorit/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an endpoint of the actuator that changes something takes POST, which the check covers",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bactuator\b/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\b(?:shutdown|startup|restart|refresh|pause|resume|loggers?|backups?|busrefresh|exporting|POST|DELETE)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /csrf\(?\)?\.disable|\b404\b|not exposed/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Spring's filter writes this at debug level for a token that is missing or wrong; missing is usual",
      all: [{ in: ["body", "log", "symptom"], text: /Invalid CSRF token found for|MissingCsrfTokenException/ }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "Spring's word for a controller's method, and reading works",
      all: [
        { in: ["symptom"], text: /\b(?:post|put|delete|patch)[ -]?mapping\b/i },
        { in: ["body", "log", "symptom"], text: /\b403\b|forbidden|denied/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /csrf\(?\)?\.?\s{0,10}\(?\)?\.?disable|csrf ?-> ?csrf\.disable|hasRole|hasAuthority|preflight|\bcors\b/i,
        },
      ],
    },
  ],
})
