/** Fills that differ without colour; charts name them in the style sheet. */
export function Patterns() {
  return (
    <svg class="unseen" aria-hidden="true">
      <defs>
        {['hatch-typed', 'hatch-edited', 'hatch-replaced'].map((id) => (
          <pattern
            key={id}
            id={id}
            width="5"
            height="5"
            patternUnits="userSpaceOnUse"
            patternTransform={id === 'hatch-replaced' ? 'rotate(-45)' : 'rotate(45)'}
          >
            <rect class={`${id} ground`} width="5" height="5" />
            <rect class={`${id} stripe`} width="2.5" height="5" />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}
