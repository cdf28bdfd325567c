/** A database with the tables in it, made for one run of one scenario, whose process opens it. */
export interface Provisioned {
  /** A path or a URL: what a wiring's `open` takes. */
  readonly location: string;
  remove(): Promise<void>;
}
