import { foreignCause } from "../cause.ts"

export const fsFileNotReadable = foreignCause({
  code: "fs/file-not-readable",
  emitter: "filesystem",
  title: "The file's own mode does not let the server's user read it",
  why: "The directories are open and the file is not: it was written by another user with a strict umask, copied into an image or volume with its owner's mode, or uploaded through a temporary file with mode 0600.",
  fix: [
    {
      by: "operator",
      does: "Give the server's user the right to read those files: `setfacl -m u:www-data:r`, or their group and mode 640",
      admits: "the server's user, or members of that group",
    },
    {
      by: "operator",
      does: "Have whoever writes the files write them readable: `umask 027` with the server's group, or `COPY --chown` in the image",
      admits: "the server's user",
    },
  ],
  unwise: ["chmod -R 777: everyone on the host can read and write all of it"],
  ask: {
    question: "What does `ls -l` say of the file, and as which user does the server run?",
    why: "Owner, group and mode of the file against that user decide.",
  },
  sources: [
    "https://github.com/nginx/nginx/blob/master/src/os/win32/ngx_errno.h",
    "https://github.com/php/php-src/blob/master/sapi/fpm/fpm/fpm_main.c",
    "https://man7.org/linux/man-pages/man7/path_resolution.7.html",
    "https://github.com/neuland/micro-frontends/issues/18",
    "https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_static_module.c",
    "https://github.com/tiangolo/uwsgi-nginx-flask-docker/issues/297",
  ],
  clues: [
    {
      weight: "strong",
      basis: "source",
      says: "the operating system refused to open the file for reading",
      all: [
        { in: ["log", "symptom", "body"], text: /open(?:dir)?\(\) "[^"\n]{1,400}" failed \(13: Permission denied\)/i },
      ],
      none: [{ in: ["log", "symptom"], text: /open(?:dir)?\(\) "\/(?:root|home\/[\w.-]{1,60}|Users\/[\w.-]{1,60})\// }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the file lies in a directory that is open to the server",
      all: [
        {
          in: ["log", "symptom"],
          text: /open(?:dir)?\(\) "\/(?:usr\/share\/nginx|var\/www|srv|usr\/share|app|static|var\/static)\/[^"\n]{1,400}" failed \(13/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the server runs in a container, whose files carry the modes they were copied with",
      all: [
        {
          in: ["log", "symptom"],
          text: /\[(?:error|crit)\] \d{1,2}#\d{1,2}:[^\n]{1,400}\(13: Permission denied\)|\bdocker\b|\bcontainer\b/i,
        },
        { in: ["log", "symptom"], text: /permission denied|\bpermissions?\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "only some files are refused, or those that were uploaded or written anew",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:some|certain|new(?:ly)?|uploaded|generated|static|css|js|images?|assets?|media|thumbnails?)\b[^\n]{0,60}\b(?:files?|images?|403|forbidden|assets?|fail|denied)|without (?:css|styles)/i,
        },
        { in: ["symptom", "log", "files"], text: /permission|chmod|chown|umask|\b0?6[04]0\b|rw-------|owner/i },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "httpd writes this where the file's own mode refuses",
      all: [{ in: ["log", "symptom", "body"], text: /AH00132|file permissions deny server access/i }],
    },
    {
      weight: "strong",
      basis: "observed",
      says: "the listing shows a file that others may not read",
      all: [{ in: ["files"], text: /^[ ]{0,4}-rw[x-](?:r--|---|rw-|r-x|--x|rwx)(?:---|--x)|\b0?6[04]0\b/m }],
      none: [{ in: ["files"], text: /\.htaccess/ }],
    },
    {
      weight: "against",
      basis: "source",
      says: "a directory refused before the file was reached",
      all: [{ in: ["log", "symptom"], text: /search permissions are missing|stat\(\) "[^"\n]{1,400}" failed \(13/i }],
    },
    {
      weight: "rules-out",
      basis: "source",
      says: "the kernel names its policy as what refused",
      all: [{ in: ["log"], text: /avc:[ ]{1,2}denied|apparmor="DENIED"/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "files as they stand are refused while the pages themselves work",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:static|css|stylesheets?|js|javascript|scripts?|images?|fonts?|assets?|media|uploads?|uploaded|thumbnails?|photos?)\b[^\n]{0,40}\b(?:403|forbidden|denied|refused)|\b(?:403|forbidden|denied)\b[^\n]{0,40}\b(?:static|css|assets?|media files|images|uploaded files)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "log", "body", "headers", "config", "request"],
          text: /s3|cloudfront|bucket|\bwaf\b|cloudflare|presigned|signature|csrf|aws|azure|gcs|POST|PUT|upload(?:ing|s)? (?:work|fail|of|an?|to)/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "case",
      says: "the file's own mode is told to be right",
      all: [
        {
          in: ["symptom", "files"],
          text: /(?:files?|html|all)[^\n]{0,20}\b(?:755|775|777|644|664|666)\b|owner = nginx user|-rwxr-xr-x|-rw-r--r--/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "it is a directory itself that may not be read, for its list or its index",
      all: [
        {
          in: ["log", "symptom"],
          text: /open(?:dir)?\(\) "[^"\n]{1,400}\/" failed \(13: Permission denied\)|opendir\(\) "[^"\n]{1,400}" failed \(13:|AH01275|\(13\)[^\n]{1,120}Can't open directory for index/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "nginx in a container serves files of the host, which keep their owner and mode",
      all: [
        { in: ["symptom"], text: /\b(?:volumes?|mount(?:s|ed|ing)?|bind-?mount|compose|COPY|host'?s? files?)\b/i },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /nginx|httpd|apache|caddy/i },
        { in: ["symptom"], text: /\b(?:volumes?|mount\w{0,4}|files?|content|static|html|assets)\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /directory index of|AH0\d{4}|\/(?:root|home)\/|selinux|z flag|:z\b|config(?:uration)? file|\broot\s[^\n]{0,80};|proxy_pass|access forbidden|\bindex\b/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "observed",
      says: "a directory on the way is closed too, and refuses first",
      all: [{ in: ["files"], text: /^[ ]{0,4}d[rwx-]{6}---/m }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "files that are made with a strict umask cannot be read by the server",
      all: [
        { in: ["symptom"], text: /\bumask\b|\b0?(?:077|027)\b/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /nginx|apache|httpd|www-data|web ?server|static|css|403/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "files that another program wrote are refused",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:uploaded|written|created|generated|saved|extracted|unpacked|copied)\b[^\n]{0,20}\b(?:by|with|from)\b/i,
        },
        {
          in: ["symptom"],
          text: /\bweb ?server\b|\bnginx\b|\bapache\b|\bhttpd\b|\bcannot be (?:read|opened|served)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /\bs3\b|bucket|csrf|selinux|fedora|centos|directory index|AH0/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "nginx is told to be unable to read what was built into its image",
      all: [
        {
          in: ["symptom"],
          text: /\bnginx\b[^\n]{0,50}\b(?:cannot|can't|could not|unable to|not able to|fails? to)\b[^\n]{0,12}\b(?:serve|read|access|open|load)\b/i,
        },
        { in: ["symptom"], text: /\b(?:files?|assets?|static|frontend|content|css|js)\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bhome\b|selinux|directory index|upstream|proxy/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the modes told leave out everybody but the owner and the group",
      all: [
        {
          in: ["symptom", "files"],
          text: /-rw-(?:-{6}|r-{5})|\b(?:mode|permissions?|chmod|umask)\b[^\n]{0,16}\b0?(?:6[04]0|0[27]7)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /sshd|ssh key|\bprivate key|config\.php|htaccess|directory index of|client denied/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a mode is named that only the owner or the group may read",
      all: [
        { in: ["symptom"], text: /(?<![\d.])0?(?:600|640|660|700)(?![\d.])/ },
        {
          in: ["symptom"],
          text: /permissions?\b|chmod|\bmodes?\b|权限|droits|rechte|permisos|permiss(?:ões|ão)|права|\bumask\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /ssh|id_rsa|\bkey\b|bucket|\bs3\b|csrf|\/home\/|\/root\//i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a file that was uploaded, written or generated is refused when it is read",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:uploaded|uploads?|newly|generated|screenshots?|photos?|pictures?|上传|thumbnails?)\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:403|forbidden|not displayed|can't (?:access|view|open)|cannot (?:access|view|open)|older ones|ftp|chmod|permissions?)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /s3|cloudfront|bucket|\bwaf\b|cloudflare|presigned|signature|csrf|aws|azure|gcs|multipart|\bPOST\b|\bPUT\b|\btoken\b|modsec|upload(?:ing|s)? (?:work|fail|of|an?|to)/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "observed",
      says: "nginx only asked by stat() whether the index is there, which a file's mode does not refuse",
      all: [{ in: ["body", "log", "symptom"], text: /"[^"\n]{1,400}" is forbidden \(13: Permission denied\)/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "php-fpm answers 403 where it may not open the script",
      all: [{ in: ["log", "symptom"], text: /Unable to open primary script: [^\n]{1,300} \(Permission denied\)/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Windows refused nginx the file",
      all: [{ in: ["log", "symptom"], text: /CreateFile\(\) "[^"\n]{1,400}" failed \(5: / }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "what was uploaded cannot be viewed",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:view|download|open|access|see|show|display|preview)\w{0,3}\b[^\n]{0,40}\b(?:files?|images?|media|attachments?|pictures?|documents?|thumbnails?|photos?)\b[^\n]{0,30}\bupload|\bupload\w{0,3}\b[^\n]{0,40}\b(?:files?|images?|media|attachments?|pictures?|documents?|photos?)\b[^\n]{0,40}\b(?:403|forbidden|not (?:shown|displayed|accessible|visible|readable))\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "body", "log", "headers", "config", "request"],
          text: /s3\b|cloudfront|bucket|\bwaf\b|cloudflare|presigned|signature|csrf|aws|azure|gcs|multipart|\bPOST\b|\bPUT\b|token|modsec|directory|selinux|laravel|policy|storage:link|symlink|role|login|api\b/i,
        },
      ],
    },
  ],
})
