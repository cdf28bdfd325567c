/**
 * The address that a request was sent to. Empty where the request does not say which host that was: Lucia
 * refuses such a form. An address with an empty host would take the first part of its path for the host.
 */
export function addressOf(protocol: string, host: string, path: string): string {
  if (!/^https?$/.test(protocol) || !/^[^/?#@\\\s]+$/.test(host) || !path.startsWith("/"))
    return "";
  return `${protocol}://${host}${path}`;
}
