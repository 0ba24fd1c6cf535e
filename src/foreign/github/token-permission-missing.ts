import { foreignCause } from "../cause.ts"

export const githubTokenPermissionMissing = foreignCause({
  code: "github/token-permission-missing",
  emitter: "github",
  title: "The token lacks a permission that this call needs",
  why: "A workflow's `GITHUB_TOKEN`, an app's installation token and a fine-grained token hold only the permissions granted. One named in `permissions:` switches all others off, and on pull requests from forks the token only reads.",
  fix: [
    {
      by: "owner",
      does: "Add the one permission the call needs to the workflow's `permissions:`, such as `pull-requests: write`",
      admits: "that workflow's jobs",
    },
    {
      by: "owner",
      does: "Accept the app's new permissions for the repository, or make a fine-grained token with the permission",
      admits: "whoever holds that token",
    },
    {
      by: "owner",
      does: "Do the writing for pull requests from forks in a `workflow_run` that does not check out the fork's code",
      admits: "nobody else",
    },
  ],
  unwise: [
    "`permissions: write-all`, or a classic token with `repo`, hands every write of the account to each step",
    "`pull_request_target` with a checkout of the fork runs strangers' code with a writing token",
  ],
  ask: {
    question: "Which permission does the header `x-accepted-github-permissions` name, and does the token hold it?",
    why: "The header names what would have sufficed",
  },
  sources: [
    "https://docs.github.com/en/actions/security-guides/automatic-token-authentication",
    "https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api",
    "https://github.com/microsoft/azure-pipelines-tasks/issues/20278",
    "https://github.com/github-aws-runners/terraform-aws-github-runner/issues/68",
    "https://github.com/cpp-linter/cpp-linter-action/issues/318",
    "https://github.com/bachp/git-mirror/pull/516",
    "https://github.com/maxam2017/productive-box/pull/92",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "GitHub says that the token may not do this",
      all: [
        { in: ["body", "log", "symptom"], text: /Resource not accessible by (?:integrations?|personal access token)/i },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "GitHub names the permissions that would suffice",
      all: [{ in: ["log", "headers"], text: /x-accepted-github-permissions\s{0,3}[:=]/i }],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /x-ratelimit-remaining:\s{0,3}0\b|rate limit exceeded|secondary rate limit/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "GitHub refuses a push or package by its token",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Permission to [\w./-]{1,140} denied to [\w.[\]-]{1,80}|refusing to allow (?:a|an) [^\n]{1,60} to create or update workflow|permission_denied: (?:write_package|read_package|The token provided)|installation not allowed to (?:Create|Write) organization package/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "GitHub asks for a right to the repository or organisation",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Must have admin rights to Repository|organization SAML enforcement|GitHub Actions is not permitted to create or approve pull requests|insufficient OAuth scope/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a workflow's or app's token at GitHub",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bGITHUB_TOKEN\b|github\.token|secrets\.GITHUB|github actions?\b|\bdependabot\b|\bpull requests?\b|\boctokit\b|api\.github\.com|\bgithub app\b|ghcr\.io/i,
        },
        {
          in: ["symptom", "config", "log"],
          text: /\bpermissions?\b|\bfork\w{0,2}\b|\bdependabot\b|\bscopes?\b|\btoken\b|\bcomment|\brelease|\bpull request|\bPR\b|\bworkflow\b/i,
        },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /rate limit|\babuse\b/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a step of a workflow, or an app, does something at GitHub",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:workflow|release action|github action|action|pipeline task|bot|app)\b[^\n]{0,60}\b(?:merge|release|comment|push|label|tag|branch|pull request|PR|issue|permission|fails?)\b/i,
        },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /rate limit|\babuse\b/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "the host is GitHub's API",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /api\.github\.com|x-github-request-id|x-github-media-type|\boctokit\b/i,
        },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /rate limit|\babuse\b/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "GitHub's words for a push without the right",
      all: [
        {
          in: ["symptom", "body", "log"],
          text: /Write access to repository not granted|refusing to allow (?:an? )?(?:OAuth App|GitHub App|Personal Access Token|integration)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the bot of GitHub Actions is denied",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\bdenied to (?:github-actions|the github-actions|dependabot)|github-actions\[bot\][^\n]{0,60}\b(?:denied|forbidden|403|permission)|\b(?:denied|forbidden|403|permission)\b[^\n]{0,60}github-actions\[bot\]/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an action works with the token that GitHub gives it",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:default |the |with )?(?:github|workflow|GITHUB)[ _-]token\b|\bwith this action\b|\bmarketplace action\b/i,
        },
        { in: ["symptom"], text: /\baction\b|\bworkflow\b|\bgithub\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /rate limit|\babuse\b|laravel|unauthorized/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "an organisation's policy on tokens or applications",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /forbids access via a (?:personal access tokens?|fine-grained personal access tokens?)|has enabled OAuth App access restrictions|granted the required scopes to execute this query|Your token has not been granted/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "GitHub's words for a repository's state or a right to it",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Repository was archived so is read-only|(?:Advanced|Code) Security must be enabled for this repository|Code scanning is not enabled for this repository|You must have (?:push|admin|write) access|Repository access blocked|Upgrade to GitHub (?:Pro|Team)|Must have admin rights|GitHub release failed with status: 403|does not match expected scopes/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a step that releases, comments or pushes at GitHub fails",
      all: [
        { in: ["symptom"], text: /\b(?:CI\/?CD|pipeline|workflow|release step|release job|action)\b/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /github (?:release|token)|GITHUB_TOKEN|gh release|\bghcr\b/i,
        },
        { in: ["body", "log", "symptom"], text: /\b403\b|denied|forbidden|not accessible/i },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /rate limit|\babuse\b/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "GitHub's registry refuses a push",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bghcr\.io\b|npm\.pkg\.github\.com|maven\.pkg\.github\.com|docker\.pkg\.github\.com|\bgithub (?:packages|container registry)\b/i,
        },
        { in: ["body", "log", "symptom"], text: /\b403\b|forbidden|denied/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /rate limit|tunnel|proxyconnect|imagepull|ErrImagePull/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "case",
      says: "the newest release of a public project is only read",
      all: [
        { in: ["symptom", "log", "request"], text: /releases\/latest|latest release/i },
        {
          in: ["symptom", "log", "request"],
          text: /\b(?:install\w{0,5}|init|download\w{0,3}|updat\w{1,3}|setup|CI|continuous integration|without a token)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /not accessible by|private|creat|upload|POST|scope/i,
        },
      ],
    },
  ],
})
