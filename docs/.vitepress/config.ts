import path from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";

const DOCS = fileURLToPath(new URL("..", import.meta.url));

/** Where the files of the repository can be read: known to the workflow that publishes the site. */
const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = process.env;
const repository = GITHUB_REPOSITORY ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}` : undefined;

const sidebar = [
  {
    text: "Guides",
    items: [
      { text: "Getting started", link: "/getting-started" },
      { text: "Transactions", link: "/transactions" },
      { text: "Migrations and the tables", link: "/tables" },
      { text: "Security", link: "/security" },
      { text: "Scaling out", link: "/scaling-out" },
      { text: "Moving from a wiring by hand", link: "/moving" },
      { text: "Leaving Lucia", link: "/leaving-lucia" },
      { text: "Writing a dialect", link: "/writing-a-dialect" },
    ],
  },
  {
    text: "Facts",
    items: [
      { text: "Defects", link: "/defects" },
      { text: "Performance", link: "/performance" },
      { text: "Compatibility", link: "/compatibility" },
    ],
  },
  {
    text: "How it is built",
    items: [
      { text: "Architecture", link: "/architecture" },
      { text: "Decisions", link: "/decisions" },
      { text: "Mutation testing", link: "/mutation-testing" },
    ],
  },
  { text: "Reference", items: [{ text: "API", link: "/api/" }] },
];

export default defineConfig({
  title: "kysely-lucia",
  description: "Kysely and Lucia 1.x on one database pool, in one transaction when you want it.",
  cleanUrls: true,
  srcExclude: ["node_modules/**"],
  themeConfig: {
    nav: [
      { text: "Guides", link: "/getting-started" },
      { text: "API", link: "/api/" },
    ],
    sidebar,
    outline: [2, 3],
    search: { provider: "local" },
    ...(repository && { socialLinks: [{ icon: "github", link: repository }] }),
  },
  markdown: {
    config: (md) => {
      // The documents are read in the repository, too, where such links lead to its files.
      md.core.ruler.push("links-out-of-the-site", ({ tokens, env }) => {
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          const href = token.type === "link_open" ? String(token.attrGet("href")) : "";
          const file = href.startsWith(".") && fileIn(path.dirname(env.path), href);
          if (file) token.attrSet("href", repository ? `${repository}/blob/HEAD/${file}` : "#");
        }
      });
    },
  },
});

/** The path in the repository of what a link leads to, if that is no page of the site. */
function fileIn(folder: string, href: string): string | undefined {
  const target = path.resolve(folder, href);
  const isPage = !path.relative(DOCS, target).startsWith("..");
  return isPage ? undefined : path.relative(path.dirname(DOCS), target);
}
