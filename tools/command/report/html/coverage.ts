import { stateOf, type State } from '../../../evidence/coverage/matrix';
import type { MeasuredCampaigns } from '../../../evidence/measure/results';
import { sum } from '../../../foundation/statistics/sum';
import { markup, type Html } from './html';
import { scroll } from './parts';

/** What each detector did on each scenario's campaigns, and what all of them together did. */
export interface CoverageData {
  detectors: { sources: string[]; campaigns: Omit<MeasuredCampaigns, 'pace'>[] }[];
  campaigns: Omit<MeasuredCampaigns, 'pace'>[];
}

const SIGNS: Record<State, { sign: string; cls: string; means: string }> = {
  caught: { sign: '✓', cls: 'c', means: 'caught all that the source shows' },
  some: { sign: '~', cls: 's', means: 'caught some' },
  missed: { sign: '×', cls: 'm', means: 'missed' },
  blind: { sign: '–', cls: 'b', means: 'blind: the source shows none' },
};

/** Scenarios by log sources: what the best rule or query that reads a source did. */
export function coverageTable({ detectors, campaigns }: CoverageData, caption: string): Html {
  const sources = [...new Set(detectors.flatMap((one) => one.sources))].sort();
  const scenarios = [...new Set(campaigns.map(({ scenario }) => scenario))].sort();
  const rows = scenarios.map((scenario) => {
    const own = campaigns.filter((one) => one.scenario === scenario);
    const caught = sum(own.map((one) => one.caught));
    const present = caught + sum(own.map((one) => one.missed + one.blind));
    const cells = sources.map((source) =>
      stateOf(
        detectors
          .filter((one) => one.sources.includes(source))
          .map((one) => one.campaigns.filter((campaign) => campaign.scenario === scenario)),
      ),
    );
    return markup`<tr>
      <th scope="row">${scenario}</th>
      ${cells.map((state) =>
        state === null ? markup`<td></td>` : markup`<td class="${SIGNS[state].cls}">${SIGNS[state].sign}</td>`,
      )}
      <td class="${caught === present ? 'c' : caught > 0 ? 's' : 'm'}">${caught}/${present}</td>
    </tr> `;
  });
  return markup`<ul class="key">
      ${Object.values(SIGNS).map(
        ({ sign, cls, means }) => markup`<li class="matrix"><span class="${cls}">${sign}</span>${means}</li>`,
      )}
      <li>empty: nothing that reads the source was run on it</li>
    </ul>
    ${scroll(
      caption,
      markup`<table class="matrix">
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">scenario</th>
            ${sources.map((source) => markup`<th scope="col"><span>${source}</span></th>`)}
            <th scope="col"><span>by any</span></th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>`,
    )}`;
}

/** One campaign's outcome as a count. */
export function counted(
  outcome: 'caught' | 'missed' | 'blind',
): Pick<MeasuredCampaigns, 'caught' | 'missed' | 'blind'> {
  return {
    caught: Number(outcome === 'caught'),
    missed: Number(outcome === 'missed'),
    blind: Number(outcome === 'blind'),
  };
}
