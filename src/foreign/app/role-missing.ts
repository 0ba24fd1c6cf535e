import { foreignCause } from "../cause.ts"

export const appRoleMissing = foreignCause({
  code: "app/role-missing",
  emitter: "application",
  title: "The application knows the user and does not give it this right",
  why: "The login is accepted, and the application's own rule for this action asks for a role, scope or ownership that the user does not have. For another user the same request passes.",
  fix: [
    {
      by: "operator",
      does: "Give the user exactly the role or scope that this action asks for",
      admits: "that one user, to all that the role covers",
    },
    {
      by: "caller",
      does: "Use an account or token that has it; after a change of roles log in anew, as tokens keep the old ones",
      admits: "nobody else",
    },
  ],
  unwise: ["Giving the administrator's role to get past one action: it opens all others too"],
  ask: {
    question: "Does the same request pass for another user, and which role does the application ask for here?",
    why: "If it passes, the role or ownership is what differs.",
  },
  sources: [
    "https://github.com/elastic/elasticsearch",
    "https://docs.nestjs.com/security/authorization",
    "https://github.com/ferrerojosh/nest-keycloak-connect/issues/81",
    "https://github.com/BookStackApp/BookStack/issues/5616",
    "https://github.com/elkarbackup/elkarbackup/issues/544",
    "https://github.com/stepanbenes/api-for-nopcommerce/issues/11",
    "https://www.drupal.org/project/jsonapi",
  ],
  clues: [
    {
      weight: "strong",
      basis: "documented",
      says: "NestJS writes this where a guard says no",
      all: [{ in: ["body", "log", "symptom"], text: /Forbidden resource/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the application says that a role or right is missing",
      all: [
        {
          in: ["body", "log"],
          text: /(?:does not|do not|don't|doesn't) have (?:the )?(?:required |necessary |sufficient |enough |right )?(?:permissions?|privileges?|roles?|rights|access)\b|insufficient (?:permissions?|privileges?|rights|role)|(?:requires?|missing|needs?) (?:the )?(?:\w{1,30} )?(?:role|permission|privilege)|(?:admins?|administrators?) only|insufficient_scope|not authorized to access this resource/i,
        },
      ],
      none: [
        {
          in: ["body", "log", "headers", "symptom"],
          text: /system:serviceaccount|apiGroup|aws|minio|bucket|arn:|googleapis|PERMISSION_DENIED|github|X-Amz|modsecurity|on this server|the caller does not have permission|your client does not have permission|don(?:'|&#0?39;|’)t have permission to access (?:this resource|the requested (?:object|directory)|\/)|Configured service account|Cloudflare Access|access to (?:the )?model|rest_framework|openai|anthropic|bedrock|spatie|right (?:roles|permissions)|perform this action/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the report says that it depends on the user's role",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:roles?|non-admins?|regular users?|normal users?|ordinary users?|superuser|privileges?|RBAC)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "body", "log", "config"],
          text: /kubernetes|k8s|helm|tiller|clusterrole|openshift|istio|service ?account|aws|iam\b|bedrock|laravel|spatie|spring|django|wordpress|jenkins|postgres|supabase|owner www|chmod|nginx|apache|httpd|gcp|azure/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "administrators and owners are spoken of",
      all: [{ in: ["symptom"], text: /\b(?:admins?(?! (?:settings|section|back))|administrators?|owner|member)\b/i }],
      none: [
        {
          in: ["symptom", "body", "log", "config"],
          text: /kubernetes|k8s|helm|tiller|clusterrole|openshift|istio|service ?account|aws|iam\b|bedrock|laravel|spatie|spring|django|wordpress|jenkins|postgres|supabase|owner www|chmod|nginx|apache|httpd|gcp|azure/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "another user passes",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:works?|fine|ok|passes)\b[^\n]{0,60}\b(?:for|as|with)\b[^\n]{0,30}\b(?:admin\w*|other users?|another user|owner)\b|\b(?:admin\w{0,12}(?! (?:ui|panel|pages?|area|site|interface|console|log-?ins?|users?|settings|section|back)\b)|other users?|another user)\b[^\n]{0,60}\b(?:works?|fine|ok|can)\b/i,
        },
      ],
      none: [{ in: ["symptom", "body", "log", "config"], text: /kubernetes|istio|laravel|spring|django|wordpress/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "rules by role in the code",
      all: [
        {
          in: ["config"],
          text: /@Roles\(|RolesGuard|CanActivate|@UseGuards|\[Authorize\(|requireRole|isAdmin|can\(["']/,
        },
      ],
      none: [{ in: ["config"], text: /Gate::|hasRole\("|authorizeResource/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the application's own words for a right that is missing",
      all: [
        {
          in: ["body", "log"],
          text: /\bUnauthorized action\b|does not have (?:the )?(?:required|necessary|sufficient) (?:roles?|permissions?|rights|privileges)|insufficient (?:permissions?|privileges|rights)|not (?:authorized|allowed|permitted) to (?:perform|access|view|do|use) th(?:is|e)\b|missing (?:role|permission|privilege)/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /\baws\b|\bminio\b|bucket|arn:|bedrock|kube|googleapis|storage\.|azure|github|gemini|openai|anthropic|\bs3\b|snowflake|Resource not accessible|app_dev|symfony|front controller|90090|subscri|allowed to (?:access|perform) (?:this|the) (?:file|operation)/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the report speaks of a role or permission that the application keeps itself",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:permissions?|roles?)[- ]middleware\b|\ball-access\b|\bsuper ?-?admin\w{0,8}\b|\b(?:admin|user|editor)\b[^\n]{0,40}\broles?\b|\bhas (?:the|a|all) (?:\w{1,16} )?(?:roles?|permissions?|rights)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /kube|istio|service ?account|\baws\b|\biam\b|bedrock|jenkins|postgres|supabase|chmod|\bgcp\b|azure|github|\bspring\b|bucket/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Jenkins' words for a right that the user has not",
      all: [{ in: ["symptom", "body", "log"], text: /\bis missing the [\w]{1,30}\/[\w]{1,30} permission/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the search engine's own security names the action and the user",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /"?security_exception"?[^\n]{0,200}(?:is unauthorized for|no permissions for \[)|action \[(?:indices|cluster):[^\]\n]{1,100}\] is unauthorized/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Jenkins' class for a right that the user has not",
      all: [{ in: ["body", "log", "symptom"], text: /AccessDeniedException[23]\b/ }],
    },
    {
      weight: "against",
      basis: "source",
      says: "words of a storage, model or token service",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /storage\/unauthorized|gsutil|Inference Providers|huggingface|Missing scopes|USER_PROJECT_DENIED|Claude|OAuth account|serviceusage|WordPress|wp-json|itsec_|higher privileges than provided|Insufficient scope for this/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Drupal names the right that is missing",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /is not allowed to (?:GET|POST|PATCH|DELETE|view|edit)[^\n]{0,20} the selected (?:resource|field)|The (?:'|&#039;|\\u0027)[\w ]{3,60}(?:'|&#039;|\\u0027) permission is required/i,
        },
      ],
    },
  ],
})
