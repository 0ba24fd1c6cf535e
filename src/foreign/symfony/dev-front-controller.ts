import { foreignCause } from "../cause.ts"

export const symfonyDevFrontController = foreignCause({
  code: "symfony/dev-front-controller",
  emitter: "symfony",
  title: "Symfony's development front controller answers to local addresses only",
  why: "`app_dev.php` shows secrets and debug data. Its first lines refuse every address but 127.0.0.1 and ::1, and everything with X-Forwarded-For, in case it reaches production. From a container's host or a virtual machine the address is another.",
  fix: [
    { by: "caller", does: "Use `app.php` (`index.php` since Symfony 4) instead", admits: "nobody else" },
    {
      by: "operator",
      does: "Add the host's own address to the list in `web/app_dev.php`, on a development machine",
      admits: "that one address, to debug data",
    },
  ],
  unwise: ["Taking the check out: everyone who can reach the file sees secrets and can run the debugger"],
  ask: {
    question: "Is this a development machine, and which address does the application see as the client's?",
    why: "In production the file should not be there at all.",
  },
  sources: [
    "symfony/symfony-standard web/app_dev.php",
    "https://github.com/eko/docker-symfony/issues/50",
    "https://github.com/Sylius/Sylius/issues/281",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "the check in the front controller writes this",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /You are not allowed to access this file\. ?Check \w{1,40}\.php for more information/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "the name of the front controller",
      all: [{ in: ["request", "symptom", "log"], text: /\bapp_(?:dev|test)\.php\b/ }],
      none: [
        {
          in: ["symptom", "body", "log"],
          text: /access denied error|AccessDenied(?:Http)?Exception|\brole_|security\.DEBUG/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the check itself",
      all: [{ in: ["config"], text: /HTTP_CLIENT_IP|php_sapi_name\(\) ===? 'cli-server'/ }],
    },
    {
      weight: "slight",
      basis: "memory",
      says: "Symfony in a container or virtual machine",
      all: [
        { in: ["symptom"], text: /\bsymfony\b/i },
        { in: ["symptom"], text: /\b(?:docker|vagrant|container|dev)\b/i },
      ],
    },
  ],
})
