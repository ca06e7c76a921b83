/** What is wrong with a part of a file. */
export interface Misfit {
  path: (string | number)[];
  part?: 'key' | 'value';
  code: string;
  message: string;
  hint: string;
}
