export interface LegendEntry {
  /** Class of the fill. */
  readonly fill: string;
  readonly label: string;
}

export function Legend({ entries }: { readonly entries: readonly LegendEntry[] }) {
  return (
    <ul class="legend">
      {entries.map(({ fill, label }) => (
        <li key={fill}>
          <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
            <rect class={fill} x="0.5" y="0.5" width="11" height="11" />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}
