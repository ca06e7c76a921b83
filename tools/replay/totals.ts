import type { Dataset } from '../simulate/types';
import { lossUntil, type Judgement } from './judge';
import type { LabelStore } from './labels';
import type { ReplayReport } from './result';

/** One world's part of a replay: what was in it, and every detector's judgement. */
export interface WorldResult {
  dataset: Dataset;
  labels: LabelStore;
  judgements: Judgement[];
}

/**
 * The content as a whole: a campaign counts as caught when any detector caught it, and what the first alert of all could have
 * stopped counts as saved. A campaign that every detector is blind to stays in the denominator.
 */
export function totals(worlds: WorldResult[]): ReplayReport['totals'] {
  const result: ReplayReport['totals'] = {
    campaigns: { present: 0, caught: 0, blind: 0 },
    benignEpisodesPerDay: 0,
    usdLost: 0,
    usdSaved: 0,
    missed: [],
  };
  for (const { dataset, labels, judgements } of worlds) {
    const episodes = judgements.reduce((sum, judgement) => sum + judgement.ordinary.length, 0);
    result.benignEpisodesPerDay = Math.max(result.benignEpisodesPerDay, episodes / dataset.days);
    for (const occurrence of dataset.occurrences) {
      if (occurrence.kind !== 'malicious') continue;
      const outcomes = judgements.flatMap((judgement) =>
        judgement.campaigns.filter((campaign) => campaign.occurrence === occurrence.number),
      );
      const caught = outcomes.filter((outcome) => outcome.outcome === 'caught');
      const all = lossUntil(labels.messagesOf(occurrence.number), Infinity).usd;
      const lost = Math.min(all, ...caught.map((outcome) => outcome.usd));
      result.campaigns.present++;
      if (caught.length > 0) result.campaigns.caught++;
      else {
        result.missed.push(`${dataset.world}/${occurrence.scenario}`);
        if (outcomes.every((outcome) => outcome.outcome === 'blind')) result.campaigns.blind++;
      }
      result.usdLost += lost;
      result.usdSaved += all - lost;
    }
  }
  return result;
}
