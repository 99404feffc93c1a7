// Which questions are asked, by the same rules as surveys/routing.py: one table of cases runs against both.

/** Beside other choices of the same question, it alone counts. */
export const RATHER_NOT = "prefer_not_to_say";

/** Whether a rule holds. answers: question key -> value, list of values, or nothing, of questions asked so far. */
export function holds(rule, answers) {
  if (rule.all) return rule.all.every((part) => holds(part, answers));
  if (rule.any) return rule.any.some((part) => holds(part, answers));
  const given = [answers[rule.question] ?? []].flat();
  const chosen = given.includes(RATHER_NOT) ? [RATHER_NOT] : given;
  return chosen.some((value) => rule.is_any_of.includes(value));
}

/** Keys of the questions asked, in order. questions: [{key, showIf}]. An answer off the path changes nothing. */
export function asked(questions, answers) {
  const onPath = {};
  return questions
    .filter(({ key, showIf }) => {
      if (showIf && !holds(showIf, onPath)) return false;
      onPath[key] = answers[key];
      return true;
    })
    .map(({ key }) => key);
}
