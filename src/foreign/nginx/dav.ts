import { foreignCause } from "../cause.ts"

export const nginxDav = foreignCause({
  code: "nginx/dav",
  emitter: "nginx",
  title: "nginx's WebDAV could not carry out the change",
  why: "PUT, DELETE, MKCOL, COPY and MOVE are done by the worker with its own rights. It refuses with 403 where the operating system does not let it write, and where source and destination of a COPY are the same place.",
  fix: [
    {
      by: "operator",
      does: "Give the worker's user the right to write that one directory",
      admits: "everyone whom nginx lets send these methods",
    },
    { by: "caller", does: "Name a `Destination` that is not the source itself", admits: "nobody else" },
  ],
  unwise: ["chmod 777 on the directory: everyone on the host can write it"],
  ask: {
    question: "May the worker's user write the directory the URL stands for?",
    why: "nginx does the change itself, with the worker's rights.",
  },
  sources: [
    "https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_dav_module.c",
    "https://nginx.org/en/docs/http/ngx_http_dav_module.html",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "nginx was refused by the operating system while it changed a file",
      all: [
        {
          in: ["log"],
          text: /(?:mkdir|rmdir|unlink|delete|rename|copy|opendir|stat|open|rename)\(\)? "[^"\n]{1,400}"[^\n]{0,300}failed \(1[37]?: [^\n)]{1,60}\)[^\n]{0,200}request: "(?:PUT|DELETE|MKCOL|COPY|MOVE) /,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "nginx writes this where the destination of a COPY or MOVE is the source, or lies within it",
      all: [
        {
          in: ["log"],
          text: /both URI "[^"\n]{1,300}" and "Destination" URI "[^"\n]{1,300}" point to the same|" could not be (?:COPY|MOVE)ed to collection "/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the configuration of nginx takes WebDAV methods",
      all: [{ in: ["config"], text: /\bdav_methods\b|\bdav_ext_methods\b|\bcreate_full_put_path\b/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "WebDAV with nginx is spoken of",
      all: [
        { in: ["symptom", "request"], text: /\bwebdav\b|\b(?:MKCOL|PROPFIND|MOVE|COPY) \//i },
        { in: ["symptom", "log", "config", "body", "headers"], text: /nginx/i },
      ],
    },
  ],
})
