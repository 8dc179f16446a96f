/** The parts of an answer that are not its text. */
import type { MessagePart, ProposedEdit } from '../../../core/ports/chatMessage.ts';

export function Reasoning({ text }: { readonly text: string }) {
  return (
    <details class="activity">
      <summary>Reasoning</summary>
      <p class="reasoning">{text}</p>
    </details>
  );
}

export function ToolCall({ call }: { readonly call: Extract<MessagePart, { type: 'tool' }> }) {
  const { name, input, result } = call;
  return (
    <details class="activity">
      <summary>
        Tool <code>{name}</code>
        {result?.isError === true && ' failed'}
      </summary>
      <pre tabIndex={0}>{JSON.stringify(input, undefined, 2)}</pre>
      {result && <pre tabIndex={0}>{result.text}</pre>}
    </details>
  );
}

export function ProposedEditView({ edit: { path, hunks } }: { readonly edit: ProposedEdit }) {
  return (
    <section class="edit" aria-label={`Proposed change of ${path}`}>
      <p>
        Proposed change of <code>{path}</code>
      </p>
      {hunks.map(({ startLine, removed, added }) => (
        <pre key={startLine} tabIndex={0}>
          <span class="hunk">Line {startLine}</span>
          {removed.map((line, at) => (
            <del key={at}>{`-${line}\n`}</del>
          ))}
          {added.map((line, at) => (
            <ins key={at}>{`+${line}\n`}</ins>
          ))}
        </pre>
      ))}
    </section>
  );
}
