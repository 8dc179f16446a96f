export function EmptyState({ isRecording }: { readonly isRecording: boolean }) {
  return (
    <section class="empty">
      <h2>Nothing recorded yet</h2>
      {isRecording ? (
        <p>
          Touchstone notes what becomes of its suggestions. Write some code, accept a suggestion with Tab or
          type past it, and come back.
        </p>
      ) : (
        <p>
          Recording is switched off. Switch it on in the settings to see here whether suggestions help you.
        </p>
      )}
    </section>
  );
}
