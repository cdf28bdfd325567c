import type { NextConfig } from "next";

// Unless one asks for it, nothing is told to anybody about builds.
process.env["NEXT_TELEMETRY_DISABLED"] ??= "1";

const config: NextConfig = {
  // Loaded by Node.js as they are: the driver, and what belongs to one process rather than to one bundle. That
  // holds for packages from npm; those that are links in this repository are bundled all the same.
  serverExternalPackages: ["@kysely-lucia/postgres", "kysely", "lucia-auth", "pg"],
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Referrer-Policy", value: "same-origin" },
        { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
      ],
    },
  ],
  poweredByHeader: false,
  agentRules: false,
};

export default config;
