import { foreignCause } from "../cause.ts"

export const wordpressRestCapability = foreignCause({
  code: "wordpress/rest-capability",
  emitter: "wordpress",
  title: "WordPress' REST API says that this user lacks the capability",
  why: "Each route asks for a capability (`edit_posts`, `list_users`, `upload_files`). A user without it, a login that did not arrive (Authorization dropped by the server), or a security plugin that closes the API leads to the same codes.",
  fix: [
    {
      by: "operator",
      does: "Give the user the role that has the capability",
      admits: "that one user, to all the role may do",
    },
    {
      by: "operator",
      does: "Let the web server pass Authorization on (`CGIPassAuth On`, or the rewrite rule for `HTTP_AUTHORIZATION`)",
      admits: "nobody else",
    },
    { by: "caller", does: "Send the login (application password, or cookie with `X-WP-Nonce`)", admits: "nobody else" },
  ],
  unwise: ["`__return_true` as `permission_callback`: everyone may then call the route"],
  ask: {
    question: "What does `GET /wp-json/wp/v2/users/me` answer with the same credentials?",
    why: "The user points to a capability; 401 to a login that does not arrive.",
  },
  sources: [
    "https://github.com/WordPress/wordpress-develop/blob/trunk/src/wp-includes/rest-api/class-wp-rest-server.php",
    "https://github.com/WordPress/wordpress-develop/blob/trunk/src/wp-includes/rest-api/endpoints/class-wp-rest-posts-controller.php",
    "https://github.com/WP-API/Basic-Auth/issues/37",
    "https://github.com/johngodley/redirection/issues/1484",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "WordPress' codes where a capability is missing, the same in every language",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\b(?:woocommerce_)?rest_(?:forbidden(?:_context|_status|_who)?|cannot_(?:create|edit|update|delete|view|read|publish|assign_\w{1,20}|manage_\w{1,20})|user_cannot_\w{1,30}|not_logged_in|login_required)\b/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "WordPress' sentence where a capability is missing",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Sorry, you are not allowed to (?:do that|\w{1,20})|You don't have permission to do this/i,
        },
      ],
      none: [{ in: ["body", "log", "symptom"], text: "rest_cookie_invalid_nonce" }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "WordPress' REST API",
      all: [
        { in: ["request", "symptom", "body", "log"], text: /\/wp-json\/|\bWP REST\b|WordPress REST|\bwoocommerce\b/i },
      ],
      none: [{ in: ["body", "log", "symptom"], text: /nonce|<html|wordfence|cloudflare|mod_?security|id "9\d{5}"/i }],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "rights in WordPress",
      all: [
        { in: ["symptom"], text: /\bwordpress\b/i },
        {
          in: ["symptom"],
          text: /\b(?:role|capabilit\w*|permission|editor|subscriber|admin|basic auth|application password|jwt)\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a user of WordPress is refused a route of the REST API",
      all: [
        { in: ["symptom"], text: /\bword ?press\b|wp-json/i },
        { in: ["symptom"], text: /\b(?:users?|editor|author|subscriber|capabilit\w{1,3}|role|list|create|delete)\b/i },
        { in: ["symptom", "request"], text: /\bREST\b|wp-json|\bAPI\b/i },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /nonce|cookie|firewall|wordfence|modsec|valid JSON/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "codes of plugins that check tokens or close the REST API",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\bjwt_auth_(?:no_auth_header|bad_auth_header|invalid_token|bad_iss|bad_request|bad_config|user_not_found|failed)|\bitsec_rest_api_access_restricted\b|\brest_(?:unauthorized|unauthorised|not_authenticated|not_logged_in|cannot_access|disabled|application_password_\w{1,20})\b|invalid_application_password|\bwoocommerce_rest_(?:cannot_\w{1,20}|authentication_error)\b/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "words of plugins that close the REST API, and of WordPress' own pages",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Only authenticated users can access the REST API|you need a higher level of permission|Sorry, you are not allowed to access this page|no tienes permisos para hacer eso|l.autorisation d.effectuer cette action|nicht berechtigt, (?:diese|dies)|The REST API (?:is|has been) disabled|no tienes permiso para/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /wp-|wordpress|rest_|REST API|"data": ?\{ ?"status"|Sorry,|tienes permisos|autorisation d/i,
        },
      ],
      none: [{ in: ["body"], text: /"detail"/ }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "WordPress' names of capabilities",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /\b(?:edit|publish|delete|read)_(?:others_|private_|published_)?(?:posts|pages|products)\b|\bmanage_(?:options|woocommerce|categories)\b|\b(?:upload_files|list_users|edit_users|edit_theme_options|unfiltered_html|current_user_can)\b|permission_callback/,
        },
      ],
      none: [{ in: ["body", "log", "symptom"], text: /nonce/i }],
    },
  ],
})
