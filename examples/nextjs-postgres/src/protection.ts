const isDevelopment = process.env.NODE_ENV === "development";

/** What a page may load and do. Next.js puts the nonce into its own scripts. */
export function policyFor(nonce: string): string {
  // In development, React makes functions of text, and messages about mistakes are styled by the page.
  const scripts = `'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`;
  const styles = `'self'${isDevelopment ? " 'unsafe-inline'" : ""}`;
  return (
    `default-src 'none'; script-src ${scripts}; style-src ${styles}; img-src 'self' data:; font-src 'self'; ` +
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
  );
}

export function randomNonce(): string {
  return btoa(crypto.randomUUID());
}
