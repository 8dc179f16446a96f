import type { FeedbackState } from '../../../protocol/feedbackState.ts';
import { shortDay } from '../format.ts';
import { Legend } from './legend.tsx';

type Day = FeedbackState['summary']['days'][number];

/** Fewer days stand at the right of an empty stretch, so that bars never become boards. */
const MIN_DAYS = 14;

const STEP = 16;
const BAR = 12;
const HEIGHT = 120;

const parts = [
  { key: 'accepted', fill: 'fill-accepted', label: 'accepted, whole or in part' },
  { key: 'typedThrough', fill: 'fill-typed', label: 'typed by hand' },
  { key: 'unused', fill: 'fill-unused', label: 'ignored or undone' },
] as const;

/** Suggestions whose end is known, by the day they were offered. */
export function DayChart({ days }: { readonly days: readonly Day[] }) {
  const highest = days.reduce((most, day) => Math.max(most, totalOf(day)), 0);
  const last = days.at(-1);
  if (!last || highest === 0) return null;
  const shown = Math.max(days.length, MIN_DAYS);
  const width = STEP * shown;
  return (
    <section aria-labelledby="by-day">
      <h2 id="by-day">Day by day</h2>
      <figure>
        <svg
          class="days"
          viewBox={`0 0 ${width} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`Suggestions a day, at most ${highest}; the table that follows has the numbers`}
        >
          {days.map((day, index) => (
            <Bar key={day.day} day={day} x={width - STEP * (days.length - index)} scale={HEIGHT / highest} />
          ))}
          <line class="axis" x1="0" x2={width} y1={HEIGHT} y2={HEIGHT} />
        </svg>
        <p class="axis-labels muted" aria-hidden="true">
          <span>{shortDay(last.day, shown - 1)}</span>
          <span>most on a day: {highest}</span>
          <span>{shortDay(last.day)}</span>
        </p>
        <Legend entries={parts} />
        <div class="unseen">
          <DayTable days={days} />
        </div>
      </figure>
    </section>
  );
}

function Bar({ day, x, scale }: { readonly day: Day; readonly x: number; readonly scale: number }) {
  let top = HEIGHT;
  return (
    <g>
      <title>
        {shortDay(day.day)}: {parts.map(({ key, label }) => `${day[key]} ${label}`).join(', ')}
      </title>
      {parts.map(({ key, fill }) => {
        const height = day[key] * scale;
        top -= height;
        return (
          height > 0 && (
            <rect key={key} class={fill} x={x + (STEP - BAR) / 2} y={top} width={BAR} height={height} />
          )
        );
      })}
    </g>
  );
}

/** The numbers for those who do not see the bars. */
function DayTable({ days }: { readonly days: readonly Day[] }) {
  return (
    <table>
      <caption>Suggestions by day</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          {parts.map(({ key, label }) => (
            <th key={key} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days
          .filter((day) => totalOf(day) > 0)
          .map((day) => (
            <tr key={day.day}>
              <th scope="row">{day.day}</th>
              {parts.map(({ key }) => (
                <td key={key}>{day[key]}</td>
              ))}
            </tr>
          ))}
      </tbody>
    </table>
  );
}

function totalOf({ accepted, typedThrough, unused }: Day): number {
  return accepted + typedThrough + unused;
}
