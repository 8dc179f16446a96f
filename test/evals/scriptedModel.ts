import { ModelServer } from '../support/modelServer.ts';
import { openaiWire } from '../support/modelWire.ts';

const BLOCK = /^\[(\d+)\] (\S+)$/gm;

/**
 * A model that reads no more than names: it cites the blocks in which a word in backticks of the question stands, says
 * that there is none otherwise, and every third time it cites the wrong one.
 */
export async function startScriptedModel(): Promise<ModelServer> {
  const server = await ModelServer.start();
  let asked = 0;
  server.answer(async (exchange) => {
    const { messages } = exchange.body as { readonly messages: readonly { readonly content: string }[] };
    const prompt = messages.at(-1)?.content ?? '';
    exchange.begin();
    await exchange.send(openaiWire.opening);
    for (const text of answerTo(prompt, asked++).match(/\S+\s*/g) ?? [])
      await exchange.send(openaiWire.text(text));
    exchange.response.end(openaiWire.closing());
  });
  return server;
}

function answerTo(prompt: string, asked: number): string {
  const question = prompt.slice(prompt.lastIndexOf('Question: '));
  const [, name = ''] = /`(\w+)`/.exec(question) ?? [];
  const blocks = [...prompt.matchAll(BLOCK)].map(({ 1: number = '', index }, at, all) => ({
    number,
    text: prompt.slice(index, all[at + 1]?.index),
  }));
  const fitting = name === '' ? blocks.slice(-1) : blocks.filter(({ text }) => text.includes(name));
  if (fitting.length === 0) return 'The workspace does not say.';
  if (asked % 3 === 2) return `Perhaps this is it [${blocks[0]?.number ?? 1}].`;
  return `See ${fitting.map(({ number }) => `[${number}]`).join(' ')}.`;
}
