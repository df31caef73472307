"""Methods that add up: approval, single choice, points, scores, yes minus no, Borda. Exact whole numbers and halves.

Contents come with how many ballots say them: the order of ballots cannot matter, and equal ballots are read once.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from .content import Content, Malformed
from .outcome import Number
from .rule import Method, Rule

Box = Mapping[Content, int]


def marks(method: Method, content: Content, options: Sequence[str]) -> dict[str, Number]:
    """What one valid ballot adds to the score of each option it says something about."""
    if method in (Method.APPROVAL, Method.SINGLE):
        return dict.fromkeys(content.options, 1)
    if method in (Method.POINTS, Method.SCORE):
        return dict(content.values)
    if method is Method.YES_NO:
        return {option: (answer == "yes") - (answer == "no") for option, answer in content.answers.items()}
    return borda_marks(content.options, options)


def borda_marks(ranked: Sequence[str], options: Sequence[str]) -> dict[str, Number]:
    """Of n options the first gets n - 1, the next n - 2 and so on; those not ranked share equally what is left (averaged convention: an
    option gets one point for each option below it and a half for each that stands equal). So every ballot gives the same number of points, and ranking
    one option only is worth no more than ranking all.
    Source: D. Black, Partial justification of the Borda count, Public Choice 28 (1976); J. Emerson, The original Borda count and partial voting, Social Choice and
    Welfare 40 (2013), compares the conventions.
    """
    count = len(options)
    given: dict[str, Number] = {option: count - 1 - place for place, option in enumerate(ranked)}
    rest = Fraction(count - len(ranked) - 1, 2)
    return given | {option: rest for option in options if option not in given}


def scores(method: Method, box: Box, options: Sequence[str]) -> dict[str, Number]:
    """What each option has in all, in the unit of the method's `marks`; exact, with the options in their order."""
    total: dict[str, Number] = dict.fromkeys(options, 0)
    for content, times in box.items():
        if content.choices is not None:
            for option, value in marks(method, content, options).items():
                total[option] += value * times
    return total


def supports(content: Content) -> Iterable[str]:
    """The options that this ballot stands behind."""
    if content.answers:
        return (option for option, answer in content.answers.items() if answer == "yes")
    if content.values:
        return (option for option, value in content.values.items() if value)
    return content.options


def support(box: Box, options: Sequence[str]) -> dict[str, int]:
    """How many ballots stand behind each option."""
    total = dict.fromkeys(options, 0)
    for content, times in box.items():
        for option in supports(content):
            total[option] += times
    return total


def needed(rule: Rule, box: Box, bases: Mapping[str, int | None]) -> dict[str, int]:
    """The support each option must have to win. `bases`: cast, valid and electorate, in ballots or people."""
    return required(rule, bases, expressed(box, rule.ids))


def required(rule: Rule, bases: Mapping[str, int | None], answered: Mapping[str, int]) -> dict[str, int]:
    """At least one ballot, its own minimum, and the threshold of the rule. `answered`: how many ballots say yes or no about each option."""
    least = {option.id: max(1, option.minimum) for option in rule.options}
    limit = rule.threshold
    if limit is None:
        return least
    if limit.of == "expressed":
        return {option: max(number, limit.needed(answered[option])) for option, number in least.items()}
    whole = bases[limit.of]
    if whole is None:
        raise Malformed("A threshold of the electorate needs the number of people entitled.")
    return {option: max(number, limit.needed(whole)) for option, number in least.items()}


def expressed(box: Box, options: Sequence[str]) -> dict[str, int]:
    """How many ballots say yes or no about each option."""
    total = dict.fromkeys(options, 0)
    for content, times in box.items():
        for option, answer in content.answers.items():
            total[option] += times * (answer != "abstain")
    return total
