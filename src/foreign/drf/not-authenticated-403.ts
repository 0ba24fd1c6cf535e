import { foreignCause } from "../cause.ts"

export const drfNotAuthenticated403 = foreignCause({
  code: "drf/not-authenticated-403",
  emitter: "django",
  title: "Nobody is logged in, and Django REST framework says so with 403 instead of 401",
  why: "The status is 401 only where the first authenticator names a WWW-Authenticate challenge. With SessionAuthentication first there is none, and a request without valid credentials gets 403. A web server that drops Authorization leads here too.",
  fix: [
    {
      by: "caller",
      does: "Send the credentials (`Authorization: Token …`, or the session's cookie) with this request",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Put TokenAuthentication, JWT or Basic first in `authentication_classes`, and let the web server pass Authorization on (`WSGIPassAuthorization On`)",
      admits: "nobody else",
    },
  ],
  unwise: ["`AllowAny` on the view: everyone may then call it"],
  ask: {
    question: "Does the Authorization field that the client sends arrive in the application (log `request.META`)?",
    why: "If not, the server or a proxy between drops it.",
  },
  sources: [
    "encode/django-rest-framework rest_framework/views.py",
    "encode/django-rest-framework rest_framework/exceptions.py",
    "https://www.django-rest-framework.org/api-guide/authentication/#unauthorized-and-forbidden-responses",
    "https://github.com/encode/django-rest-framework/issues/8703",
    "encode/django-rest-framework rest_framework/locale",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "the REST framework writes this where no authenticator recognised anyone",
      all: [{ in: ["body", "log", "symptom"], text: /Authentication credentials were not provided/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the REST framework refuses credentials that are wrong, as 403 where no challenge is named",
      all: [
        {
          in: ["body"],
          text: /"detail": ?"(?:Invalid token|Invalid username\/password|Token has expired|Given token not valid|User inactive or deleted|Invalid token header)/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the web server withholds Authorization from applications unless told",
      all: [{ in: ["symptom", "config"], text: /WSGIPassAuthorization/ }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the framework's setting that asks for a login",
      all: [{ in: ["config"], text: /IsAuthenticated|DEFAULT_PERMISSION_CLASSES|DEFAULT_AUTHENTICATION_CLASSES/ }],
      none: [{ in: ["body"], text: /do not have permission|CSRF/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a missing login is answered with 403 where 401 was expected, which this framework does without a challenge",
      all: [
        { in: ["symptom"], text: /\b403\b[^\n]{0,80}\b(?:instead of|rather than|expect\w*|not)\b[^\n]{0,20}\b401\b/i },
      ],
      none: [
        {
          in: ["symptom", "body", "log", "config"],
          text: /fastapi|starlette|spring|laravel|express|nginx|apache|aws/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a login is missing in Django's REST framework",
      all: [
        { in: ["symptom"], text: /\b(?:DRF|rest[- ]framework)\b/i },
        { in: ["symptom"], text: /\b(?:not authenticated|unauthenticated|anonymous|401|token|credentials)\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the same token is taken by one server and not by another: WSGI under Apache drops the header unless told otherwise",
      all: [
        { in: ["symptom", "request"], text: /\btokens?\b|\bjwt\b|\bauthori[sz]ation\b/i },
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /\bmod_wsgi\b|\bwsgi\b|\bbeanstalk\b|\brunserver\b|\bdjango\b|\bDRF\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:one environment|another|other (?:server|environment)|production|deployed|apache|runserver|locally|local)\b/i,
        },
      ],
      none: [{ in: ["symptom", "body", "log"], text: /csrf|permission to perform/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "the REST framework's translated words for a missing login",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Anmeldedaten fehlen|Las credenciales de autenticaci[oó]n no se proveyeron|Informations d'authentification non fournies|Non sono state immesse le credenziali|認証情報が含まれていません|자격 인증 데이터가 제공되지|Authenticatiegegevens zijn niet opgegeven|Nie podano danych uwierzytelniaj|As credenciais de autentica[cç][aã]o n[aã]o foram fornecidas|Учетные данные не были предоставлены|Giriş bilgileri verilmedi|Реквізити перевірки достовірності не надані|身份认证信息未提供|Nebyly zadány přihlašovací/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the REST framework and its token packages refuse credentials that are wrong",
      all: [
        {
          in: ["body", "log"],
          text: /"detail": ?"(?:Incorrect authentication credentials|Signature has expired|Error decoding signature|Token is invalid or expired|Invalid signature|Authentication token (?:is missing|expired)|Invalid API key|No API key)|"code": ?"(?:not_authenticated|authentication_failed|token_not_valid|user_not_found)"/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a token was sent to the framework, and its answer names the methods it allows",
      all: [
        { in: ["request"], text: /authorization["']?: ?["']?(?:Token|JWT|Bearer)\b/i },
        { in: ["headers"], text: /(?:^|\n)allow: ?[A-Z]/i },
        { in: ["headers"], text: /vary: ?[^\n]{0,30}accept/i },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /csrf|permission to perform/i }],
    },
  ],
})
