import { markup, type Markup } from './markup.ts';

/** A row of the table of measures: all in words. */
export function measureRow(label: string, value: string, interval = '', cases = ''): Markup {
  return markup`<tr>
    <th scope="row">${label}</th>
    <td class="number strong">${value}</td>
    <td class="number">${interval}</td>
    <td class="number">${cases}</td>
  </tr>`;
}
