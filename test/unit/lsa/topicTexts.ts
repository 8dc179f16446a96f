import { createRandom } from '../../../src/core/shared/random.ts';

const TOPICS = ['net', 'mat', 'pay', 'gui', 'log', 'geo'];
const FIRST = ['bo', 'ca', 'du', 'fi', 'go', 'ku', 'la', 'mo', 'pu', 'ro'];
const SECOND = ['tak', 'vim', 'zor', 'lun', 'pax', 'dom', 'fyr', 'hul'];

/** The words of a topic: 80 made-up ones. */
export function topicWords(topic: number): readonly string[] {
  return FIRST.flatMap((first) => SECOND.map((second) => `${TOPICS[topic] ?? ''}${first}${second}`));
}

/** Texts about six topics in turn, each of 30 words of one topic, drawn by the seed. */
export function topicTexts(count: number, seed = 7): readonly string[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, at) => {
    const words = topicWords(at % TOPICS.length);
    return Array.from({ length: 30 }, () => words[Math.floor(random() * words.length)] ?? '').join(' ');
  });
}
