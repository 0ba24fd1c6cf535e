import { foreignCause } from "../cause.ts"

export const nginxRootWrongDirNoIndex = foreignCause({
  code: "nginx/root-wrong-dir-no-index",
  emitter: "nginx",
  title: "`root` of nginx points to a directory that does not hold the site",
  isNoMatterOfRights: true,
  why: "The site's own front page is refused because the directory that `root` names has no index file: the application lives one level deeper (`public`, `dist`), elsewhere, or was never copied there. It looks like missing rights and is a wrong path.",
  fix: [
    {
      by: "operator",
      does: "Set `root` to the directory that holds the application's index file, such as its `public` or `dist`",
      admits: "everyone, to the files below that directory",
    },
    {
      by: "operator",
      does: "Name the application's front page in `index`, as in `index index.php index.html`",
      admits: "everyone, to that file",
    },
    {
      by: "operator",
      does: "Put the built site where `root` points: the volume or the copied directory is empty",
      admits: "everyone, to those files",
    },
  ],
  unwise: [
    "chmod -R 777: the modes are not the reason, and everyone could write",
    "Setting `autoindex on`: everyone can list and fetch the files of the wrong directory",
  ],
  ask: {
    question: "Does the directory that the error line names hold the application's index.php or index.html?",
    why: "If not, `root` is wrong or the files are missing; if so, `index` does not name it.",
  },
  sources: [
    "https://github.com/nginx/nginx/blob/master/src/http/ngx_http_core_module.c",
    "https://github.com/BookStackApp/BookStack/issues/393",
    "https://nginx.org/en/docs/http/ngx_http_core_module.html#root",
  ],
  clues: [
    {
      weight: "strong",
      basis: "source",
      says: "nginx found no index file in the directory it was pointed to",
      all: [{ in: ["log", "symptom", "body"], text: /directory index of "[^"\n]{1,400}" is forbidden/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the front page itself is refused, so the root has no index file",
      all: [
        {
          in: ["log"],
          text: /directory index of "[^"\n]{1,400}" is forbidden[^\n]{0,300}request: "[A-Z]{3,8} \/(?:\?[^ \n"]{0,300})? HTTP/,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a directory of nginx's own or of the whole host is served, not one of an application",
      all: [
        {
          in: ["log"],
          text: /directory index of "\/(?:usr\/share\/nginx\/html|var\/www|var\/www\/html|srv\/www|app|etc\/nginx\/html|var\/www\/[\w.-]{1,80}(?:\/html)?|home\/[\w.-]{1,40}\/[\w.-]{1,80}|[^"\n]{1,300}\/(?:html|htdocs|public|public_html|www|web|webroot|dist|build|wwwroot))\/" is forbidden/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "every page of a fresh installation is refused, and the modes are right",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:fresh|clean|new|first|just|after)\b[^\n]{0,30}\b(?:install|deploy|set ?up|docker|build)/i,
        },
        { in: ["symptom", "log", "body", "headers"], text: /nginx/i },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "the application keeps its front page in a directory of its own",
      all: [
        {
          in: ["symptom", "config"],
          text: /\b(?:laravel|symfony|vue|react|angular|next\.?js|vite|bookstack|wordpress|public\/?|dist\/?)\b/i,
        },
        { in: ["log", "body", "symptom"], text: /nginx|directory index/i },
      ],
    },
    {
      weight: "against",
      basis: "source",
      says: "the directory is one that `try_files` fell into",
      all: [
        { in: ["config"], text: /try_files[^\n;]{0,200}\$uri\// },
        {
          in: ["log", "request"],
          text: /(?:GET|HEAD|POST) \/[^ ?\n"]{1,300}\/|https?:\/\/[^/\s]{1,100}\/[^ ?\n"]{1,300}\//,
        },
      ],
    },
    {
      weight: "against",
      basis: "source",
      says: "it is a directory below the root that is refused",
      all: [
        {
          in: ["log"],
          text: /directory index of "[^"\n]{1,400}" is forbidden[^\n]{0,300}request: "[A-Z]{3,8} \/[^ ?\n"]{1,300}/,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "every page of a new installation or container is refused",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:fresh|clean|new) (?:install|set ?up|deploy)|docker[ -]compose|docker (?:run|image|container)|(?:start|home|main|landing) ?page|every (?:page|request)/i,
        },
      ],
      none: [
        {
          in: ["symptom", "log", "body", "config", "headers"],
          text: /apache|httpd|AH0\d|csrf|permission denied|cloudf|api|token|login|POST|jenkins|kubernetes/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the files are found below a directory that should be the root",
      all: [
        {
          in: ["symptom"],
          text: /\/(?:public|dist|build|web|html)\/[^\n]{0,60}\b(?:works?|shown|loads?|ok|200|opens?)\b|\b(?:works?|shown|loads?)\b[^\n]{0,40}\/(?:public|dist|build|web|html)\//i,
        },
      ],
      none: [
        {
          in: ["symptom", "log", "body", "headers"],
          text: /apache|httpd|AH0\d{4}|cloudfront|s3\b|bucket|xampp|wamp|mamp|htdocs/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an application with a front controller is served from its own directory, not from its public one",
      all: [
        {
          in: ["config"],
          text: /^[ \t]*root[ \t]+[^;\n]{1,200}\/(?!(?:public|dist|build|web|html|htdocs|www|webroot|pub|public_html)\/?;)[\w.-]{1,80}\/?;/im,
        },
        { in: ["config"], text: /index\.php/i },
      ],
    },
    {
      weight: "against",
      basis: "case",
      says: "other pages work, so the root is right",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:other|sub-?)\s?(?:pages?|urls?|routes?|paths?)\b[^\n]{0,40}\b(?:works?|fine|ok|load)|\/[\w-]{2,40}\/? (?:page )?(?:works?|loads?)\b|\b(?:only|except|just) (?:the )?(?:home|front|root|main|start|index)\b/i,
        },
        { in: ["log", "symptom", "body"], text: /directory index of "[^"\n]{1,400}" is forbidden/i },
      ],
      none: [{ in: ["symptom"], text: /\/(?:public|dist|build|web|html)\// }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "nginx answers 403 in a container, and nothing more is told",
      all: [
        { in: ["symptom", "request", "headers", "body", "log", "config"], text: /\bnginx\b/i },
        { in: ["symptom", "config", "log"], text: /\bdocker\b|\bcontainer\b|\bcompose\b|docker-entrypoint/i },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /permission|\(13|proxy|static|waf|modsec|csrf|deny|allow|whitelist|auth|kube|ingress/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "nginx answers 403 after a guide was followed, and nothing more is told",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:steps|guide|tutorial|instructions?|readme|documentation|following|followed)\b/i,
        },
        { in: ["symptom", "body", "headers"], text: /nginx/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /permission|chmod|chown|selinux|\(13|access forbidden|home|csrf|cors|POST|proxy_pass|ingress|allow|deny|static|css|api\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "nginx forbids a new site, and nothing more is told",
      all: [
        { in: ["symptom"], text: /\bnginx\b/i },
        { in: ["symptom"], text: /\b403\b|forbidden/i },
        { in: ["symptom"], text: /\b(?:project|site|web ?site|install\w{0,7}|open|laravel|app|page|clone\w?)\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /permission|chmod|chown|selinux|\(13|access forbidden|\bhome\b|csrf|cors|POST|proxy|ingress|allow|deny|static|css|\bapi\b|user[- ]agent|upload|log-?in|redirect|director|folder|volume|mount|certificate|websocket|traefik|upstream|image|media|hidden|whitelist/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the root is the application's own directory, whose front page lies in one below it",
      all: [
        {
          in: ["config"],
          text: /^\s{0,12}root\s{1,8}(?![^\n;]{0,200}\/(?:public(?:_html)?|web|dist|build|html|www|htdocs|static|out|current|_site)\/?["']?\s{0,4};)[^\n;]{2,200};/m,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /laravel|symfony|lumen|yii|cakephp|codeigniter|composer|artisan|\bspa\b|create-react-app|vue-cli/i,
        },
      ],
      none: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\(13: ?Permission|proxy_pass|POST/i },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a box for development was made, and its nginx forbids",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:vagrant|homestead|valet|puphpet|laradock|lando|ddev|easyengine|capistrano|forge|ploi)\b/i,
        },
        { in: ["symptom", "body", "log", "headers", "config"], text: /nginx|forbidden|\b403\b/i },
      ],
      none: [
        {
          in: ["symptom", "body", "log", "headers", "config", "request", "files"],
          text: /apache|httpd|AH0\d|\(13|permission denied|csrf|access forbidden by rule|api\b|token|role|policy|unauthori[sz]ed/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the listing is of an application's own directory, whose front page lies in one below it",
      all: [{ in: ["files"], text: /\b(?:artisan|composer\.json|package\.json|angular\.json|manage\.py|Gemfile)\b/ }],
      none: [
        {
          in: ["symptom", "body", "log", "headers", "config"],
          text: /apache|httpd|AH0\d|\(13|permission denied|csrf|access forbidden by rule/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "nginx's own page and its version, and nothing more is told",
      all: [{ in: ["symptom", "body"], text: /403 forbidden\W{0,24}nginx(?:\/[\d.]{3,10})?/i }],
      none: [
        {
          in: ["symptom", "body", "log", "headers", "config", "request", "files"],
          text: /permission|chmod|chown|selinux|\(13|access forbidden|\bhome\b|csrf|cors|POST|proxy|ingress|allow|deny|static|css|\bapi\b|user[- ]agent|upload|log-?in|redirect|director|folder|volume|mount|certificate|websocket|traefik|upstream|image|media|hidden|whitelist|azure|curl|wget|python|token/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the directory a build writes to is spoken of, which the root has to be",
      all: [
        { in: ["symptom"], text: /\bnginx\b/i },
        {
          in: ["symptom"],
          text: /\bdist\b|\boutput ?path\b|\bbuild (?:folder|director\w{1,3}|output)\b|\bbrowser (?:sub-?)?folder\b|\b(?:web|document) ?root\b|\bpublic folder\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "body", "log", "headers", "config"],
          text: /permission|chmod|chown|umask|\(13|selinux|access forbidden|css|apache|httpd|directory index of "[^"]{1,300}\/\w[^"]{1,80}\/" is forbidden[^\n]{0,100}GET \/\w|autoindex|\bhome\b/i,
        },
      ],
    },
  ],
})
