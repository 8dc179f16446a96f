import type { ComponentChildren } from 'preact';

export function ArrowUpIcon() {
  return <Icon path="M8 13V3.5M3.75 7.5 8 3.25l4.25 4.25" />;
}

export function ArrowDownIcon() {
  return <Icon path="M8 3v9.5M3.75 8.5 8 12.75l4.25-4.25" />;
}

export function ClearIcon() {
  return <Icon path="M2.75 4.25h10.5M6 4V2.75h4V4M4 4.5l.6 8.75h6.8L12 4.5M6.75 6.75v4M9.25 6.75v4" />;
}

export function WarningIcon() {
  return <Icon path="M8 2.25 14.25 13.5H1.75zM8 6.25v3.5M8 11.25v.75" />;
}

export function InfoIcon() {
  return <Icon path="M8 1.75a6.25 6.25 0 1 1 0 12.5 6.25 6.25 0 0 1 0-12.5M8 7.25v4M8 4.5v.75" />;
}

export function CopyIcon() {
  return <Icon path="M5.75 5.75V2.75h7.5v7.5h-3M2.75 5.75h7.5v7.5h-7.5z" />;
}

export function RetryIcon() {
  return <Icon path="M13 8a5 5 0 1 1-1.6-3.65M11.75 1.75v2.9h-2.9" />;
}

export function StopIcon() {
  return (
    <Svg>
      <rect x="4" y="4" width="8" height="8" rx="1.25" fill="currentColor" />
    </Svg>
  );
}

/** A stone with the streak that gold leaves on it. */
export function TouchstoneMark() {
  return (
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d="M7.2 3.5h8.1c.9 0 1.7.4 2.2 1.1l3 4.2c.5.7.6 1.6.3 2.4l-2.6 7.4c-.4 1.1-1.4 1.9-2.6 1.9H7.9c-1 0-1.9-.5-2.4-1.4l-2.4-4.3c-.4-.7-.4-1.5-.1-2.2l2-7.3c.3-1.1 1.1-1.8 2.2-1.8Z"
        fill="none"
        stroke="currentColor"
        stroke-width="1.5"
        stroke-linejoin="round"
      />
      <path
        d="m8 15.8 8.4-7.9M12.6 16.2l3.4-3.2"
        fill="none"
        stroke="currentColor"
        stroke-width="1.8"
        stroke-linecap="round"
      />
    </svg>
  );
}

function Icon({ path }: { readonly path: string }) {
  return (
    <Svg>
      <path
        d={path}
        fill="none"
        stroke="currentColor"
        stroke-width="1.2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </Svg>
  );
}

function Svg({ children }: { readonly children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}
