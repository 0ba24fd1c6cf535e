import { foreignCause } from "../cause.ts"

export const appTornadoXsrf = foreignCause({
  code: "app/tornado-xsrf",
  emitter: "application",
  title: "Tornado's XSRF check (Jupyter, Streamlit) misses its cookie or argument",
  why: "Tornado wants unsafe requests to repeat its `_xsrf` cookie in an argument or in X-XSRFToken. API clients with a token that is not recognised as one, proxied applications behind Jupyter, and cookies lost on another site or path are refused.",
  fix: [
    {
      by: "caller",
      does: "Authenticate by `Authorization: token …` alone, of a kind the server knows, so that no cookie counts",
      admits: "nobody else",
    },
    {
      by: "caller",
      does: "Fetch a page first, and send its `_xsrf` cookie again in `X-XSRFToken`",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Upgrade the server and its extensions together, and let the proxy pass cookies of the path on",
      admits: "nobody else",
    },
  ],
  unwise: [
    "`disable_check_xsrf=True` (or `enableXsrfProtection=false`) on a server that a cookie logs in: other sites may then run code in the user's name",
  ],
  ask: {
    question: "Does the request carry the `_xsrf` cookie and the same value in `X-XSRFToken`, or only a token?",
    why: "A cookie without the value is the cause; with a token alone, the token was not recognised.",
  },
  sources: [
    "tornadoweb/tornado tornado/web.py",
    "https://github.com/jupyterhub/jupyterhub/issues/4604",
    "https://github.com/jupyter/notebook/issues/4091",
    "https://github.com/streamlit/streamlit/issues/5793",
    "jupyter-server/jupyter_server jupyter_server/base/handlers.py",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "Tornado's reasons for it",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /['"]?_xsrf['"]? argument (?:missing from (?:POST|GET|PUT)|has invalid format)|XSRF cookie does not match (?:POST|GET) argument/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the server's setting for it",
      all: [{ in: ["symptom", "config"], text: /disable_check_xsrf|enableXsrfProtection|xsrf_cookies/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a cookie or field of Tornado's check at Jupyter or Streamlit",
      all: [
        { in: ["symptom", "request", "headers", "log"], text: /\b_xsrf\b|X-XSRFToken|\bxsrf\b/i },
        { in: ["symptom", "request", "log", "headers", "body", "config"], text: /jupyter|streamlit|tornado|notebook/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an unsafe request to Jupyter or Streamlit",
      all: [
        { in: ["symptom"], text: /\b(?:jupyter\w*|streamlit|binder|notebook server)\b/i },
        { in: ["symptom", "request"], text: /\b(?:POST|PUT|PATCH|DELETE|upload\w*|sav(?:e|ing)|kernel|api)\b/i },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Tornado's and JupyterHub's reasons",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /XSRF cookie does not match|['"]?_xsrf['"]? (?:argument|missing|not allowed)|Not allowed _xsrf|'_xsrf'/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an application behind Jupyter's proxy is refused what is no GET",
      all: [{ in: ["symptom"], text: /\bjupyter[- ]?(?:server[- ]?proxy|hub|lab)\b|\bnbgitpuller\b|\bbinderhub\b/i }],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /kubernetes|serviceaccount|oauth|role/i,
        },
      ],
    },
  ],
})
