import { foreignCause } from "../cause.ts"

export const apacheAuthzUser = foreignCause({
  code: "apache/authz-user",
  emitter: "apache",
  title: "The user is known to Apache httpd and may not use this path",
  why: "The password was right and no `Require user`, `group` or the like names this user. httpd asks again with 401, or answers 403 where `AuthzSendForbiddenOnFailure` is on or the user came by a certificate or single sign-on.",
  fix: [
    {
      by: "operator",
      does: "Add the one user to the group or the `Require user` that the section names",
      admits: "that user",
    },
    { by: "caller", does: "Sign in as a user who is allowed here", admits: "nobody else" },
  ],
  unwise: ["`Require valid-user`: every user with a password is let in"],
  ask: {
    question: "Which `Require` applies here, and is the user of the error line in what it names?",
    why: "The password was accepted, so only that is left.",
  },
  sources: [
    "https://github.com/apache/subversion/blob/trunk/subversion/mod_authz_svn/mod_authz_svn.c",
    "https://github.com/apache/httpd/blob/trunk/modules/aaa/mod_authz_core.c",
    "https://httpd.apache.org/docs/2.4/mod/mod_authz_core.html#authzsendforbiddenonfailure",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "httpd writes this where a known user may not",
      all: [
        {
          in: ["log", "symptom", "body"],
          text: /AH01631|user [^\n]{1,80}: authorization failure (?:for "|\(no authenticated user\))/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "httpd's LDAP or group module did not let the user in",
      all: [{ in: ["log"], text: /AH0166[4589]|auth_ldap authori[sz]e|Authorization of user [^\n]{1,80} failed/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the configuration names users or groups",
      all: [
        {
          in: ["config"],
          text: /^[ \t]*(?:Require[ \t]+(?:user|group|ldap-\w+|claim|shib-\w+)|AuthzSendForbiddenOnFailure|AuthGroupFile)\b/im,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "one user of httpd passes and another does not",
      all: [
        { in: ["symptom"], text: /\b(?:ldap|kerberos|sso|shibboleth|saml|oidc|basic auth|group|member)\b/i },
        { in: ["symptom", "log", "config"], text: /apache|httpd|mod_auth/i },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the line names a user whom httpd knows and does not admit",
      all: [
        {
          in: ["log", "symptom", "body"],
          text: /access to [^\n]{1,200} failed, reason: user '?[^\n']{1,80}'? (?:does not meet 'require'ments|not allowed access|not part of the right groups)|\[authz_svn:error\][^\n]{0,200}Access denied: '|Access denied: '[^'\n]{1,80}' [A-Z]{3,12} \w+:/i,
        },
      ],
    },
  ],
})
