/** In a pattern: what stands for any run of characters, and for one of them. No text of a rule has these two. */
export const ANY = '\uE000';
export const ONE = '\uE001';

/**
 * Painless functions of a script that runs on each document. `holds`: whether it satisfies a test of `parameters.ts`. `millis`: a time of it in epoch milliseconds.
 * What a document has no value of, or its index no field, is absent.
 */
export const MATCH_FUNCTIONS = `boolean like(String pattern, String text) {
  int p = 0; int t = 0; int star = -1; int mark = 0;
  while (t < text.length()) {
    char is = p < pattern.length() ? pattern.charAt(p) : (char) 0;
    if (is == (char) 0xE000) { star = p; p++; mark = t; continue; }
    if (is == (char) 0xE001 || (p < pattern.length() && is == text.charAt(t))) {
      if (is == (char) 0xE001 && Character.isHighSurrogate(text.charAt(t)) && t + 1 < text.length()) { t++; }
      p++; t++;
      continue;
    }
    if (star < 0) { return false; }
    p = star + 1; mark++; t = mark;
  }
  while (p < pattern.length() && pattern.charAt(p) == (char) 0xE000) { p++; }
  return p == pattern.length();
}

boolean compares(String op, double left, double right) {
  if (op == 'eq') { return left == right; }
  if (op == 'lt') { return left < right; }
  if (op == 'lte') { return left <= right; }
  if (op == 'gt') { return left > right; }
  return left >= right;
}

boolean holds(def doc, def test) {
  String op = test.op;
  if (op == 'and') { for (def one : test.of) { if (!holds(doc, one)) { return false; } } return true; }
  if (op == 'or') { for (def one : test.of) { if (holds(doc, one)) { return true; } } return false; }
  if (op == 'not') { return !holds(doc, test.of); }
  String field = test.field;
  if (!doc.containsKey(field)) { return op == 'present' && !test.value; }
  def values = doc[field];
  if (op == 'present') { return (values.size() > 0) == test.value; }
  for (def value : values) {
    if (op == 'like') { if (like(test.value, value)) { return true; } }
    else if (op == 'is') { if (value == test.value) { return true; } }
    else if (compares(op, ((Number) value).doubleValue(), ((Number) test.value).doubleValue())) { return true; }
  }
  return false;
}

long millis(def doc, String field) {
  return doc[field].value.toInstant().toEpochMilli();
}
`;
