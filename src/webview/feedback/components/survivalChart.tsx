import type { FeedbackState } from '../../../protocol/feedbackState.ts';
import { counted, duration, percent } from '../format.ts';
import { Legend } from './legend.tsx';

type Sample = FeedbackState['summary']['survival'][number];

const parts = [
  { key: 'kept', fill: 'fill-kept', label: 'kept' },
  { key: 'edited', fill: 'fill-edited', label: 'edited' },
  { key: 'replaced', fill: 'fill-replaced', label: 'replaced' },
  { key: 'removed', fill: 'fill-removed', label: 'removed' },
] as const;

/** How much of what was inserted still stood a while later. */
export function SurvivalChart({ samples }: { readonly samples: readonly Sample[] }) {
  const seen = samples.filter((sample) => totalOf(sample) > 0);
  if (seen.length === 0) return null;
  return (
    <section aria-labelledby="survival">
      <h2 id="survival">What still stands</h2>
      <ul class="bars">
        {seen.map((sample) => (
          <SampleBar key={sample.dueMs} sample={sample} />
        ))}
      </ul>
      <Legend entries={parts} />
    </section>
  );
}

function SampleBar({ sample }: { readonly sample: Sample }) {
  const total = totalOf(sample);
  let x = 0;
  return (
    <li>
      <p>
        <span>After {duration(sample.dueMs)}</span>
        <span class="muted">
          {percent(sample.kept, total)} kept of {counted(total, 'insertion')}
        </span>
      </p>
      <svg viewBox="0 0 400 14" preserveAspectRatio="none" aria-hidden="true">
        {parts.map(({ key, fill }) => {
          const width = (400 * sample[key]) / total;
          x += width;
          return width > 0 && <rect key={key} class={fill} x={x - width} y="0" width={width} height="14" />;
        })}
      </svg>
      <p class="muted">
        {parts.map(({ key, label }) => `${sample[key]} ${label}`).join(', ')}
        {sample.lost > 0 && `; ${sample.lost} not counted, for the file changed from outside`}
      </p>
    </li>
  );
}

function totalOf({ kept, edited, replaced, removed }: Sample): number {
  return kept + edited + replaced + removed;
}
