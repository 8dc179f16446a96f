import type { FeedbackState } from '../../protocol/feedbackState.ts';

type Proportion = FeedbackState['summary']['total']['acceptance'];

/** A share as people read it; with few observations `–` says that there is nothing to say. */
export function percent(count: number, of: number): string {
  return of === 0 ? '–' : `${Math.round((100 * count) / of)} %`;
}

/** `23–64 %` */
export function interval({ low, high }: Proportion): string {
  return `${Math.round(100 * low)}–${Math.round(100 * high)} %`;
}

/** `1 suggestion`, `2 suggestions` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`;
}

/** A calendar day, `YYYY-MM-DD`, or one so many days before it, as the reader writes it. */
export function shortDay(day: string, daysBefore = 0): string {
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() - daysBefore);
  return date.toLocaleDateString(undefined, { month: 'short', day: 'numeric' });
}

/** A time as the reader writes it, to the minute. */
export function shortTime(at: number): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' });
}

/** `30 s`, `2 min` */
export function duration(ms: number): string {
  return ms < 60_000 ? `${ms / 1000} s` : `${ms / 60_000} min`;
}
