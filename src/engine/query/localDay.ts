/** The calendar day of a time, where this machine is, as `YYYY-MM-DD`. */
export function localDay(at: number): string {
  const date = new Date(at);
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}
