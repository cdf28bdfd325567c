import "@kysely-lucia/example-design/index.css";
import "./actions.css";
import icon from "@kysely-lucia/example-design/icon.svg";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";

export const metadata: Metadata = { icons: icon.src };
export const viewport: Viewport = { colorScheme: "light dark" };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
