/** The parts of an answer that are not its text. */
import { lineWithSigns } from '../../../core/text/unseen.ts';
import { SeenText } from '../../shared/seenText.tsx';
import type { MessagePart, ProposedEdit } from '../../../core/ports/chatMessage.ts';

export function Reasoning({ text }: { readonly text: string }) {
  return (
    <details class="activity">
      <summary>Reasoning</summary>
      <p class="reasoning">
        <SeenText text={text} />
      </p>
    </details>
  );
}

export function ToolCall({ call }: { readonly call: Extract<MessagePart, { type: 'tool' }> }) {
  const { name, input, result } = call;
  return (
    <details class="activity">
      <summary>
        Tool{' '}
        <code>
          <SeenText text={name} isLine />
        </code>
        {result?.isError === true && ' failed'}
      </summary>
      <pre tabIndex={0}>
        <SeenText text={JSON.stringify(input, undefined, 2)} />
      </pre>
      {result && (
        <pre tabIndex={0}>
          <SeenText text={result.text} />
        </pre>
      )}
    </details>
  );
}

export function ProposedEditView({ edit: { path, hunks } }: { readonly edit: ProposedEdit }) {
  return (
    <section class="edit" aria-label={lineWithSigns(`Proposed change of ${path}`)}>
      <p>
        Proposed change of{' '}
        <code>
          <SeenText text={path} isLine />
        </code>
      </p>
      {hunks.map(({ startLine, removed, added }) => (
        <pre key={startLine} tabIndex={0}>
          <span class="hunk">Line {startLine}</span>
          {removed.map((line, at) => (
            <del key={at}>
              <SeenText text={`-${line}\n`} />
            </del>
          ))}
          {added.map((line, at) => (
            <ins key={at}>
              <SeenText text={`+${line}\n`} />
            </ins>
          ))}
        </pre>
      ))}
    </section>
  );
}
