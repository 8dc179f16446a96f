/** The same response, whose body fails with `tooMuch()` when it has more than `maxBytes`. */
export function limitBytes(response: Response, maxBytes: number, tooMuch: () => Error): Response {
  let bytes = 0;
  const counted = response.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.byteLength;
        if (bytes > maxBytes) controller.error(tooMuch());
        else controller.enqueue(chunk);
      },
    }),
  );
  if (!counted) return response;
  return new Response(counted, {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  });
}
