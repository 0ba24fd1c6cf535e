import { foreignCause } from "../cause.ts"

export const nginxPhpFpmLimitExtensions = foreignCause({
  code: "nginx/php-fpm-limit-extensions",
  emitter: "upstream",
  title: "php-fpm will not run a file with this name",
  why: "php-fpm runs only files whose name ends as `security.limit_extensions` says, .php unless set. Where nginx hands it something else, because of the URL's tail, a wrong `SCRIPT_FILENAME` or a directory, it answers 403 with `Access denied.`, so that an uploaded picture is not run as a program.",
  fix: [
    {
      by: "operator",
      does: "Hand only paths that end in .php to php-fpm, with `try_files $uri =404` before `fastcgi_pass`, and correct `SCRIPT_FILENAME` and `index`",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Add the one ending to `security.limit_extensions`, where files with it are meant to be run",
      admits: "everyone, to run files with that ending; whoever may write such a file runs code",
    },
  ],
  unwise: ["An empty `security.limit_extensions`: every file, uploads too, can be run as a program"],
  ask: {
    question: "Which script does php-fpm name in `Access to the script … has been denied`?",
    why: "Its ending is what is not allowed, and shows what nginx handed over.",
  },
  sources: [
    "https://github.com/php/php-src/blob/master/sapi/fpm/fpm/fpm_php.c",
    "https://www.php.net/manual/en/install.fpm.configuration.php",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "php-fpm writes this where a file's ending is not allowed",
      all: [{ in: ["log", "body", "symptom"], text: /has been denied \(see security\.limit_extensions\)/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the setting of php-fpm is spoken of",
      all: [{ in: ["symptom", "config"], text: /security\.limit_extensions|cgi\.fix_pathinfo/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the body is the two words php-fpm writes",
      all: [{ in: ["body"], text: /^\s{0,10}Access denied\.\s{0,10}$/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the words of php-fpm are told",
      all: [
        { in: ["symptom"], text: /\baccess denied\.?["']?(?: |$)/i },
        { in: ["symptom", "config", "log"], text: /php-?fpm|fastcgi_pass/i },
      ],
    },
  ],
})
