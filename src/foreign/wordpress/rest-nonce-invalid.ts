import { foreignCause } from "../cause.ts"

export const wordpressRestNonceInvalid = foreignCause({
  code: "wordpress/rest-nonce-invalid",
  emitter: "wordpress",
  title: "The nonce that was sent with the login cookie is not valid any more",
  why: "For requests with its login cookie WordPress' REST API wants a nonce that a page of the same session gave. It lasts up to a day and dies with the session; cached pages hand out old ones, and plugins that change cookies or salts break it.",
  fix: [
    {
      by: "caller",
      does: "Load the page anew (log out and in where that does not help), so that `X-WP-Nonce` is fresh",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Keep pages for logged-in users, and pages with a nonce in them, out of the cache",
      admits: "nobody else",
    },
    {
      by: "caller",
      does: "Use an application password instead of cookie and nonce, for programs",
      admits: "nobody else",
    },
  ],
  unwise: ["A filter that makes every nonce valid: other sites may then act in the user's name"],
  ask: {
    question: "Does it pass in a private window right after logging in?",
    why: "If it does, the nonce came from a cache or an old session.",
  },
  sources: [
    "https://github.com/WordPress/wordpress-develop/blob/trunk/src/wp-includes/rest-api.php",
    "https://developer.wordpress.org/rest-api/using-the-rest-api/authentication/",
    "https://github.com/johngodley/redirection/issues/1054",
    "https://github.com/johngodley/redirection/issues/710",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "WordPress' code for it, the same in every language",
      all: [{ in: ["body", "log", "symptom"], text: "rest_cookie_invalid_nonce" }],
    },
    {
      weight: "proof",
      basis: "case",
      says: "WordPress' sentence for it",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Cookie (?:nonce|check) (?:is invalid|failed)|La cookie nonce no es v|nonce du cookie n|Cookie-Nonce ist|Cookie nonce tidak sah/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the request or report carries a nonce",
      all: [
        {
          in: ["request", "symptom", "config"],
          text: /X-WP-Nonce|_wpnonce|wp_create_nonce|wpApiSettings|\bnonces?\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a page that stood open for long holds an old nonce",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:updating failed|publishing failed|auto-?save|over ?night|left open|next day|log(?:ged)? (?:out|in again)|expired?|cach(?:e|ed|ing))\b/i,
        },
        {
          in: ["symptom", "request", "body", "log"],
          text: /wp-json|wordpress|gutenberg|\bwp\b|\b(?:updating|publishing) failed\b/i,
        },
      ],
      none: [{ in: ["body", "log", "symptom"], text: /rest_forbidden|rest_cannot|cloudflare|firewall|mod_?security/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "WordPress' page for a nonce that is not valid",
      all: [{ in: ["body", "log"], text: /The link you followed has expired|Are you sure you want to do this\?/ }],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "WordPress' REST API",
      all: [
        {
          in: ["request", "symptom", "body", "log"],
          text: /\/wp-json\/|wp-admin|admin-ajax\.php|\bwordpress\b|\bWP\b|\bgutenberg\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a plugin, theme or editor is refused by the REST API, whose nonce grows old in pages that are kept",
      all: [
        { in: ["symptom"], text: /\bREST(?:ful)? API\b|\brest_|\bblock editor\b|wp-json/i },
        {
          in: ["symptom"],
          text: /\b(?:plugins?|themes?|WP|wordpress|gutenberg|elementor|woocommerce|transients?|dashboard)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /rest_forbidden|rest_cannot|application password|basic auth|oauth|cloudflare|firewall|mod_?security|wordfence|contributor|subscriber|capabilit|\brole\b|jenkins|grafana|kibana|kubernetes|spring|drupal|blocks?\b[^\n]{0,20}\bcontent/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a plugin's own page cannot load or save",
      all: [
        {
          in: ["symptom"],
          text: /\bplugin(?:'s)?\b[^\n]{0,30}\b(?:page|settings|screen|error|options)\b|\berror\b[^\n]{0,20}\bin the plugin\b|\bRedirection\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /jenkins|\bIDE\b|intellij|vscode|kong|apisix|grafana|gradle|maven|editor|traefik|nagios|elastic|kibana|build/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "WooCommerce's codes for a nonce that is missing or old",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\bwoocommerce_rest_(?:missing|invalid)_nonce\b|Missing the (?:X-WC-Store-API-)?Nonce header|rest_(?:invalid_nonce|nonce_invalid|missing_nonce)\b/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "WordPress' sentence for it, translated, and plugins' words",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /(?:v[eé]rification|comprobaci[oó]n) d(?:u|e la) cookie|Cookie-Pr[uü]fung|\bNonce (?:is invalid|verification failed|check failed|expired)|invalid (?:security )?nonce|Security check failed|nonce (?:verification|check) (?:has )?fail|[cç]erez nonce|nonce[^\n]{0,24}(?:invalid|inv[aá]lid|ung[uü]ltig|invalide)/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /ethereum|transaction|jwt|csp\b|content-security|wallet|oauth/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "WordPress' own library for the REST API sends a nonce with each call",
      all: [{ in: ["log", "symptom", "config"], text: /\bapi-fetch(?:\.min)?\.js|wp\.apiFetch|apiFetch\(/i }],
      none: [
        {
          in: ["body", "log", "symptom"],
          text: /rest_(?:forbidden|cannot)|not allowed to|firewall|wordfence|cloudflare/i,
        },
      ],
    },
  ],
})
