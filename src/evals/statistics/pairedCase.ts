/** The same case measured on two systems. Both values are on one scale; for a binary measure they are 0 or 1. */
export interface PairedCase {
  /** What cases may depend on each other through, such as the file that they are made from. */
  readonly cluster: string;
  readonly ours: number;
  readonly theirs: number;
}
