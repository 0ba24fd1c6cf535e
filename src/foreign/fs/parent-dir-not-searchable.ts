import { foreignCause } from "../cause.ts"

export const fsParentDirNotSearchable = foreignCause({
  code: "fs/parent-dir-not-searchable",
  emitter: "filesystem",
  title: "A directory above the file does not let the server's user through",
  why: "To open a file a process needs the right to search (x) every directory on its path, whatever the file's own mode. Home directories are closed to others (0700 or 0750), so a site inside one cannot be reached by a server that runs as another user.",
  fix: [
    {
      by: "operator",
      does: "Let the server's user alone pass that one directory: `setfacl -m u:www-data:x`, or add x for its group",
      admits: "the server's user, to pass through that directory",
    },
    {
      by: "operator",
      does: "Put the files below a directory that is open, such as /var/www or /srv",
      admits: "the server's user, to those files",
    },
    {
      by: "operator",
      does: "Add x for others to that one directory (`chmod o+x`), not recursively",
      admits: "every user of the host, to pass through it to names they know",
    },
  ],
  unwise: [
    "chmod -R 777: everyone on the host can read and write all of it",
    "Running the server as root: every file of the host can be served",
  ],
  ask: {
    question: "What does `namei -l` print for the file's path?",
    why: "The first directory without x for the server's user is the cause; if none lacks it, it is another one.",
  },
  sources: [
    "https://man7.org/linux/man-pages/man7/path_resolution.7.html",
    "https://github.com/apache/httpd/blob/trunk/server/request.c",
    "https://github.com/wolverinn/stable-diffusion-multi-user/issues/3",
    "https://github.com/hwdsl2/setup-ghost-blog/issues/8",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "httpd writes this where a directory on the way may not be searched",
      all: [{ in: ["log", "symptom", "body"], text: /search permissions are missing on a component of the path/i }],
      none: [
        {
          in: ["log", "symptom", "body"],
          text: /AH00035: access to [^\n]{1,300} denied \(filesystem path '\/(?!root\b|home\b|Users\b)/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "looking at a file takes no right on the file, so a directory above it refused",
      all: [
        {
          in: ["log", "symptom", "body"],
          text: /\[crit\][^\n]{0,80}stat\(\) "[^"\n]{1,400}" failed \(13: Permission denied\)|stat\(\) "[^"\n]{1,400}" failed \(13: Permission denied\)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the operating system refused the server a path",
      all: [{ in: ["log", "symptom", "body"], text: /\(13: Permission denied\)|\(13\)Permission denied/i }],
      none: [{ in: ["log", "symptom"], text: /AH01275|Can't open directory for index/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the path leads through a home directory, which is closed to other users",
      all: [
        {
          in: ["log", "config", "symptom", "files"],
          text: /(?:^|[\s"'(=:])\/(?:root|home\/[\w.-]{1,60}|Users\/[\w.-]{1,60})\//m,
        },
        { in: ["log", "symptom", "body"], text: /permission denied|\bforbidden\b|\b403\b/i },
      ],
      none: [
        {
          in: ["log"],
          text: /denied by server configuration|access forbidden by rule|AH00132|avc:[ ]{1,2}denied|No matching DirectoryIndex|pcfg_openfile/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "observed",
      says: "a directory is closed to others",
      all: [
        {
          in: ["files"],
          text: /^(?:[ ]{0,4})?d[rwx]{3}(?:---|r-x|--x|rwx|r--)(?:---|r--)[+. ]|\bd[rwx-]{6}---(?![rwx-])|\bmode 0?7[0-5]0\b|\b0?7[0-5]0\b/m,
        },
      ],
      none: [{ in: ["log", "body"], text: /htaccess file|denied by server configuration|directory index of/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a home directory or the right to pass a directory is spoken of",
      all: [
        {
          in: ["symptom"],
          text: /\bhome[ -]?(?:dir|folder)|\/home\/|~\/|\/root\b|\bchmod (?:o|a|g)?\+x\b|\bexecut(?:e|able) (?:bit|permission)|\btraverse|\b0?7[05]0\b|parent (?:director|folder)/i,
        },
      ],
      none: [{ in: ["symptom", "log"], text: /selinux|denied by server configuration/i }],
    },
    {
      weight: "rules-out",
      basis: "source",
      says: "the directories let the server through, and the file's own mode refused",
      all: [{ in: ["log"], text: /AH00132|file permissions deny server access/i }],
    },
    {
      weight: "rules-out",
      basis: "source",
      says: "the kernel names its policy as what refused",
      all: [{ in: ["log"], text: /avc:[ ]{1,2}denied|apparmor="DENIED"/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "files in directories below are refused, and those at the top pass",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:root|top)[ -]?(?:level|director(?:y|ies)|folder)?\b[^\n]{0,20}\bonly\b|\bnested (?:files|folders?|director)|\bsub-?(?:folders?|director(?:y|ies))\b[^\n]{0,60}\b(?:403|forbidden|denied)\b/i,
        },
        { in: ["symptom"], text: /\bfiles?\b|css|js\b|images?|assets?/i },
      ],
      none: [{ in: ["symptom", "log"], text: /\bindex\b|listing|autoindex|s3\b|cloudfront|bucket/i }],
    },
    {
      weight: "against",
      basis: "source",
      says: "the directory was reached, and may not be read itself",
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
      says: "the files were put on another disk, whose mount point is often closed to others",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /\b(?:another|other|external|second|different|usb|mounted) (?:hard )?(?:drive|disk|partition|volume)\b|\/(?:media|run\/media|mnt)\/\w/i,
        },
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /\b(?:apache2?|httpd|nginx|caddy|lighttpd|localhost|web ?server|document ?root|\/var\/www)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /denied by server configuration|selinux|docker|nfs|smb|cifs|directory index of|access forbidden by rule/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the files lie in somebody's home, which is closed to other users",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:user'?s?'?|my|their|his|in|from|under|inside|the) home\b(?! ?page)|~\/|\bhome (?:of|dir\w{0,6}|folders?)\b|\bnew users\b/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /nginx|apache|httpd|www-data|caddy|lighttpd|static|web ?server/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /denied by server configuration|access forbidden by rule|htaccess|avc:|selinux|directory index of|AH00132|home ?assistant|home network|home router/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a strict umask closes directories too",
      all: [
        { in: ["symptom"], text: /\bumask\b/i },
        { in: ["symptom"], text: /\b(?:folders?|director(?:y|ies))\b/i },
      ],
    },
    {
      weight: "against",
      basis: "case",
      says: "the server's own user reaches the file by hand, so no mode refuses",
      all: [
        {
          in: ["symptom"],
          text: /\bsudo -u \S{1,30}|\b(?:by hand|manually|shell|logged in|running \w{1,20} (?:with|by)|su) (?:as|to) (?:the )?[`'"]?(?:nginx|www-data|apache|http|caddy|web)|\bas (?:the )?[`'"]?(?:nginx|www-data|apache|http|caddy)[`'"]?(?: user)?[^\n]{0,30}\b(?:can(?! ?not|'t)|works?|succeeds?)\b|\bshell as\b|\b(?:works?|runs?|served|fine) (?:when )?(?:run )?(?:by hand|from (?:the |a )?(?:shell|terminal|command line))|\bnot (?:as|by) (?:a )?(?:service|systemd)|\brun as (?:a )?service\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:can(?! ?not|'t)|succeed(?:s|ed)?|success\w*|completes?d?|works?|fine|reads? (?:it|them)|accessible|ok|no (?:problem|issue|trouble))\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "new systems make home directories with mode 750",
      all: [
        { in: ["symptom"], text: /\bubuntu\b|\bdebian\b|\bfedora\b|\bsince\b|\bnew (?:server|vps|user)\b/i },
        { in: ["symptom"], text: /\bhome (?:dir\w*|folder)\b|\/home\/|\bmy home\b|public_html|userdir/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /csrf|selinux|nixos|systemd|cookie|token/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a framework's static files, which lie in somebody's project, are refused by nginx",
      all: [
        { in: ["symptom"], text: /\bstatic (?:files?|content|assets?|folder)\b|collectstatic|\bmedia files?\b/i },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /nginx|gunicorn|uwsgi/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /django|flask|uvicorn|gunicorn|uwsgi|\bapp\b|\/home\//i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /docker|container|s3|bucket|cors|selinux|open\(\) "\/(?:var|usr|srv)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "observed",
      says: "nginx looks for an index by stat() alone, which a directory on the way refuses and never the file's mode",
      all: [{ in: ["body", "log", "symptom"], text: /"[^"\n]{1,400}" is forbidden \(13: Permission denied\)/i }],
      none: [{ in: ["symptom"], text: /sudo -u|as the nginx user|selinux|setenforce/i }],
    },
  ],
})
