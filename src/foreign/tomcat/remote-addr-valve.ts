import { foreignCause } from "../cause.ts"

export const tomcatRemoteAddrValve = foreignCause({
  code: "tomcat/remote-addr-valve",
  emitter: "tomcat",
  title: "Tomcat lets its Manager be opened from the same machine only",
  why: "The Manager and Host Manager come with a RemoteAddrValve that admits 127.0.0.1 and ::1, as whoever reaches them can install programs. From another machine, or from the host of a container, the client's address is another, and users and roles are not even looked at.",
  fix: [
    {
      by: "caller",
      does: "Open it through an SSH tunnel or `docker exec`, so that the address is the machine's own",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Add the administrators' network to `allow` of the valve, in a context file of your own (`conf/Catalina/localhost/manager.xml`)",
      admits: "that network, to the login of the Manager",
    },
  ],
  unwise: ['`allow=".*"` or taking the valve out: a password is then all that keeps others from installing programs'],
  ask: {
    question:
      "From which address does the request reach Tomcat, and what does the valve in the Manager's context.xml allow?",
    why: "An address it does not allow is refused before any login.",
  },
  sources: [
    "https://tomcat.apache.org/tomcat-9.0-doc/manager-howto.html",
    "apache/tomcat webapps/manager/META-INF/context.xml",
    "apache/tomcat webapps/manager/WEB-INF/jsp/403.jsp",
    "https://github.com/docker-library/tomcat/issues/95",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "the Manager's own page for it",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /the (?:Host )?Manager is only accessible from a browser running on the\s{1,8}same machine as Tomcat/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the valve that admits addresses",
      all: [{ in: ["config", "symptom", "log"], text: /RemoteAddrValve|RemoteCIDRValve|RemoteHostValve/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the Manager of Tomcat is what refuses",
      all: [
        { in: ["symptom", "request", "body", "headers", "log"], text: /\btomcat\b|\btomee\b|\bcatalina\b/i },
        { in: ["symptom", "request", "body"], text: /\b(?:host-?)?manager\b/i },
      ],
      none: [
        {
          in: ["symptom", "body", "log"],
          text: /manager-script|csrf|deploy\w{0,6} (?:by|with|from) (?:maven|jenkins)/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "Tomcat refuses, and nothing more is told",
      all: [{ in: ["symptom", "headers", "body"], text: /\btomcat\b|Apache-Coyote/i }],
      none: [{ in: ["symptom", "body", "log"], text: /spring|csrf|cors/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "Tomcat's plain page for 403",
      all: [
        { in: ["body"], text: /HTTP Status 403/i },
        { in: ["body"], text: /Apache Tomcat\//i },
      ],
      none: [{ in: ["symptom", "body", "log"], text: /spring|csrf/i }],
    },
  ],
})
