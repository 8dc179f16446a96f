const MAX_LENGTH = 400;

/** Things that look like keys, whoever they belong to: providers like to quote a part of what they were sent. */
const KEY_LIKE = /\b(sk|pk|gsk|xai|key|Bearer)[-_ ][\w*.-]{6,}/gi;

/** What a provider said, fit for a message: one line, not too long, and without any secret. */
export function providerMessage(text: string, secrets: readonly string[]): string {
  let message = text;
  for (const secret of secrets) if (secret !== '') message = message.replaceAll(secret, '[secret]');
  message = message.replace(KEY_LIKE, '[secret]').replace(/\s+/g, ' ').trim();
  return message.length > MAX_LENGTH ? `${message.slice(0, MAX_LENGTH)} …` : message;
}
