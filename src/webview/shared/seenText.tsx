import { splitUnseen } from '../../core/text/unseen.ts';
import { hiddenMark } from './hiddenCharacters.ts';

interface SeenTextProps {
  readonly text: string;
  /** It is a name: line breaks in it are marked, too. */
  readonly isLine?: boolean;
}

/** Text that others wrote, with a mark in the place of characters that are not seen. */
export function SeenText({ text, isLine = false }: SeenTextProps) {
  return (
    <>
      {splitUnseen(text, isLine).map(({ text: piece, isUnseen }, at) => {
        if (!isUnseen) return piece;
        const { code, label } = hiddenMark(piece);
        return (
          <span
            key={at}
            class="hidden-character"
            role="img"
            data-code={code}
            title={label}
            aria-label={label}
          />
        );
      })}
    </>
  );
}
