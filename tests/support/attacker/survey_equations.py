"""Equations between figures about the survey."""

from __future__ import annotations

from attacker.case_equations import CaseEquations
from attacker.definitions import LOOSE, cell


class SurveyEquations(CaseEquations):
    """What the report's definitions say of answers, themes and invitations."""

    def _survey(self):
        made = self._numerators(
            "survey.response_rate", lambda here: self.count(cell("survey.responses", *sum(here[1:], ())))
        )
        for here, part in made.items():
            if self.value[here] is None and self._sent(here):
                self.at_most((1, part), (-1, ({}, self._sent(here) - 1)))
        parts = [part for here, part in made.items() if here[1:]]
        if parts and ("survey.response_rate",) in made:
            self.equal((1, made[("survey.response_rate",)]), *((-1, part) for part in parts))
            routes = [
                self.count(cell("survey.responses", "invited_through", route)) for route in ("direct", "trade body")
            ]
            if all(routes):
                self.at_most((1, made[("survey.response_rate",)]), *((-1, route) for route in routes))
        for here in [h for h in self.value if h[0] == "survey.themes" and len(h) == 3]:
            role = next(pair for pair in here[1:] if pair[0] == "role")
            self.at_most((1, self.count(here)), (-1, self.count(cell("survey.responses", *role))))
        for here in [h for h in self.value if h[0] == "survey.themes" and len(h) == 2]:
            self.at_most((1, self.count(here)), (-1, self.count(("survey.themes",))))
        questions = sorted(
            {h[0] for h in self.value if h[0].startswith("survey.") and any(name == "option" for name, _ in h[1:])}
        )
        for question in questions:
            self._question(question)

    def _sent(self, here):
        """The invitations behind a response rate; 0 where too few were sent for anything to be kept open."""
        if sum(self.sent.values()) < 3 * self.threshold:
            return 0
        return self.sent.get(here[1][1], 0) if here[1:] else sum(self.sent.values())

    def _question(self, question):
        cells = [h for h in self.value if h[0] == question]
        roles = sorted({pair[1] for h in cells for pair in h[1:] if pair[0] == "role"})
        options = list(dict.fromkeys(pair[1] for h in cells for pair in h[1:] if pair[0] == "option"))
        groups = [()] + [("role", role) for role in roles]
        base, part, positive = {}, {}, {}
        for group in groups:
            base[group] = self.behind(f"{question} base", *group)
            self.at_most((1, base[group]), (-1, self.count(cell("survey.responses", *group))))
            for option in options:
                here = cell(question, *group, "option", option)
                part[group, option] = self.behind(f"{question} numerator", *group, "option", option)
                self.at_most((1, part[group, option]), (-1, base[group]))
                self._told(here, part[group, option], base[group])
            here = cell(f"{question}.positive", *group)
            if here in self.value:
                positive[group] = self.behind(f"{question}.positive numerator", *group)
                self.at_most((1, positive[group]), (-1, base[group]))
                self._told(here, positive[group], base[group])
            whole = sum(self.value[cell(question, *group, "option", option)] or 0 for option in options)
            single = (
                all(self.value.get(cell(question, "option", option)) is not None for option in options)
                and abs(sum(self.value[cell(question, "option", option)] for option in options) - 1) < LOOSE
            )
            if single and whole is not None:
                self.equal((1, base[group]), *((-1, part[group, option]) for option in options))
        if roles:
            self.equal((1, base[()]), *((-1, base["role", role]) for role in roles))
            for option in options:
                self.equal((1, part[(), option]), *((-1, part[("role", role), option]) for role in roles))
            if len(positive) == len(groups):
                self.equal((1, positive[()]), *((-1, positive["role", role]) for role in roles))

    def _told(self, here, part, base):
        if self.value.get(here) is not None and here in self.base:
            self.equal((1, base), (-1, ({}, self.base[here])))
            self.equal((1, part), (-1, ({}, round(self.value[here] * self.base[here]))))
