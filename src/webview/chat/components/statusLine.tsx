import { ClearIcon } from './icons.tsx';

export interface StatusLineProps {
  readonly status: string;
  readonly canClear: boolean;
  readonly clear: () => void;
}

export function StatusLine({ status, canClear, clear }: StatusLineProps) {
  return (
    <div class="status">
      <span class="status-text" title={status}>
        {status}
      </span>
      {canClear && (
        <button type="button" class="quiet" onClick={clear}>
          <ClearIcon />
          Clear
        </button>
      )}
    </div>
  );
}
