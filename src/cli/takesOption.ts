/** What every command takes. */
const EVERYWHERE = ['json', 'store', 'verbose'];

const OPTIONS = new Map<string, readonly string[]>(
  Object.entries({
    index: ['from-scratch'],
    search: ['no-index', 'k', 'queries'],
    complete: ['no-index', 'file', 'offset', 'cases'],
    feedback: ['ledger'],
    ask: ['no-index', 'model', 'base-url', 'plain-http'],
    eval: [
      ...[
        'no-index',
        'suite',
        'cases',
        'seed',
        'fresh',
        'report',
        'junit',
        'baseline',
        'update-baseline',
        'ci',
      ],
      ...['model', 'base-url', 'plain-http', 'runs', 'parallel', 'prompt', 'cache', 'recordings'],
    ],
    bench: [
      ...['no-index', 'cases', 'seed', 'documents', 'queries', 'ablation', 'fit', 'older', 'repos'],
      ...['items', 'dims', 'chunks'],
    ],
  }),
);

/** Whether an option means something to a command: one that would be ignored is refused. Names are without dashes. */
export function takesOption(command: string, option: string): boolean {
  // Commands that work with built-in models only say so themselves.
  return (
    option === 'model' || EVERYWHERE.includes(option) || (OPTIONS.get(command)?.includes(option) ?? true)
  );
}
