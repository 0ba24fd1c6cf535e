import { foreignCause } from "../cause.ts"

export const drfPermission = foreignCause({
  code: "drf/permission",
  emitter: "django",
  title: "The user is known, and a permission class of the view says no",
  why: "Django REST framework asks each permission class of the view, then those of the object. One that is false ends in 403 with a general sentence, unless the class gives its own.",
  fix: [
    {
      by: "operator",
      does: "Give the user or key the permission, group or ownership that the view's `permission_classes` ask for",
      admits: "that one user, to what the permission covers",
    },
    { by: "caller", does: "Use a key or user that has it", admits: "nobody else" },
  ],
  unwise: ["`AllowAny` or `permission_classes = []`: everyone may then call the view"],
  ask: {
    question:
      "Which permission class does the view name, and what does `has_permission` or `has_object_permission` answer for this user?",
    why: "The class that answers false is the cause.",
  },
  sources: [
    "encode/django-rest-framework rest_framework/exceptions.py",
    "https://www.django-rest-framework.org/api-guide/permissions/",
    "https://github.com/manosim/django-rest-framework-api-key/issues/22",
    "encode/django-rest-framework rest_framework/locale",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "the REST framework's general sentence for a permission that is not there",
      all: [{ in: ["body", "log", "symptom"], text: /You do not have permission to perform this action/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the framework's code for it",
      all: [{ in: ["body", "log"], text: /"code": ?"permission_denied"|rest_framework\.exceptions\.PermissionDenied/ }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "permission classes of the framework",
      all: [
        {
          in: ["config"],
          text: /permission_classes ?=|has_object_permission|DjangoModelPermissions|DjangoObjectPermissions|IsAdminUser|HasAPIKey/,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "a permission class with a sentence of its own",
      all: [{ in: ["body"], text: /^\s{0,20}\{"detail": ?"[^"\n]{0,200}(?:permission|not allowed|forbidden)/i }],
      none: [{ in: ["body"], text: /CSRF|credentials were not|Not authenticated/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a permission in Django's REST framework",
      all: [
        { in: ["symptom"], text: /\b(?:DRF|rest[- ]framework|api key)\b/i },
        { in: ["symptom"], text: /\bpermission/i },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "Django REST framework refuses, and nothing more is told",
      all: [{ in: ["symptom", "config", "log"], text: /\b(?:DRF|django[- ]rest[- ]framework|rest_framework)\b/i }],
      none: [{ in: ["symptom", "body", "log"], text: /csrf|credentials/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the headers of Django REST framework",
      all: [
        { in: ["headers"], text: /(?:^|\n)allow: ?[A-Z]/i },
        { in: ["headers"], text: /vary: ?[^\n]{0,30}accept[^\n]{0,30}cookie|x-frame-options: ?(?:deny|sameorigin)/i },
        { in: ["headers"], text: /gunicorn|WSGIServer|uwsgi|application\/json/i },
      ],
      none: [{ in: ["symptom", "body", "log"], text: /csrf|credentials were not|Method/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "the REST framework's translated words for a missing permission",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /nicht berechtigt, diese Aktion durchzuf|Usted no tiene permiso para realizar esta acci|Vous n'avez pas la permission d'effectuer cette action|Non hai l'autorizzazione per eseguire questa azione|このアクションを実行する権限がありません|이 작업을 수행할 권한이 없습니다|Je hebt geen toestemming om deze actie|Nie masz uprawnień, by wykonać tę|Você não tem permissão para executar essa aç|У вас (?:нет|недостаточно) прав для выполнения|Bu işlemi yapmak için izniniz|У вас нема дозволу робити|您没有执行该操作的权限|你沒有執行此操作的權限|K této akci nemáte oprávnění/i,
        },
      ],
    },
  ],
})
