import { foreignCause } from "../cause.ts"

export const devserverWebpackHost = foreignCause({
  code: "devserver/webpack-host",
  emitter: "webpack",
  isNoMatterOfRights: true,
  title: "The webpack development server does not know the host name that was asked for",
  why: "Against DNS rebinding webpack-dev-server answers only for localhost and the names it was given. Another name, behind a proxy, a tunnel or a virtual machine, gets `Invalid Host header`.",
  fix: [
    {
      by: "operator",
      does: "Add this one name to `devServer.allowedHosts` (for Create React App set `HOST` or `WDS_SOCKET_HOST`; for Angular `--allowed-hosts`)",
      admits: "requests for that name, from anyone who can reach the port",
    },
    { by: "operator", does: "Let the proxy in front send `Host: localhost`", admits: "whoever the proxy lets through" },
  ],
  unwise: [
    '`allowedHosts: "all"`, `disableHostCheck: true` or `DANGEROUSLY_DISABLE_HOST_CHECK`: any site a developer visits may then read the sources by rebinding',
  ],
  ask: { question: "Which Host does the refused request name?", why: "A name that is not on the list is the cause." },
  sources: [
    "webpack/webpack-dev-server lib/Server.js",
    "https://webpack.js.org/configuration/dev-server/#devserverallowedhosts",
    "https://github.com/zeit/micro-proxy/issues/9",
    "https://github.com/react/create-react-app/issues/3168",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "webpack-dev-server writes this",
      all: [{ in: ["body", "log", "symptom"], text: /(?<!forbidden: )Invalid Host(?:\/Origin)? header/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the server's settings for hosts",
      all: [
        {
          in: ["symptom", "config"],
          text: /disableHostCheck|DANGEROUSLY_DISABLE_HOST_CHECK|devServer\b|webpack-dev-server|WDS_SOCKET_HOST/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "webpack's server and a host name",
      all: [
        { in: ["symptom"], text: /\b(?:webpack|create-react-app|react-scripts|vue-cli|angular cli|ng serve)\b/i },
        { in: ["symptom"], text: /\b(?:host(?:name)?|domain|proxy|tunnel|ngrok|docker)\b/i },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the development server of Next refuses another origin",
      all: [{ in: ["body", "log", "symptom"], text: /Blocked cross-origin request (?:to|from)|allowedDevOrigins/ }],
    },
  ],
})
