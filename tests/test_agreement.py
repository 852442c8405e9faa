"""Numbers and the words beside them agree."""

import pytest

from reportgen.language.agreement import agreed
from reportgen.language.fragment import Counted, FragmentStore
from reportgen.language.left_out import LeftOut


def sentence(text, *numbers, digits=False):
    """A sentence with its numbers, each “#” one of them: a value, or a value with its unit."""
    tray = FragmentStore()
    for number in numbers:
        value, unit = number if isinstance(number, tuple) else (number, "notices")
        shown = f"{value:.0%}" if unit == "proportion" else f"£{value}" if unit == "pounds" else str(value)
        counted = Counted(value, unit, zero=value == 0, whole=unit == "proportion" and value == 1)
        text = text.replace("#", tray.text(shown, web=f"<data>{shown}</data>", counted=counted), 1)
    made = agreed(text, tray, digits=digits)
    web = tray.fill(made, lambda piece: piece.web).replace("<data>", "").replace("</data>", "")
    assert web == tray.fill(made, lambda piece: piece.text)
    return web


SHARE, MONEY, DAYS = "proportion", "pounds", "days"


@pytest.mark.parametrize(
    ("written", "numbers", "printed"),
    [
        ("We issued # notice(s).", (1,), "We issued 1 notice."),
        ("We issued # notice(s).", (2,), "We issued 2 notices."),
        ("We issued # notice(s).", (0,), "We issued no notices."),
        ("# notice(s) (was/were) issued.", (0,), "No notices were issued."),
        ("# notice(s) (was/were) issued.", (1,), "1 notice was issued."),
        ("# (person was/people were) found.", (0,), "No people were found."),
        ("# (person was/people were) found.", (3,), "3 people were found."),
        ("There (was/were) # notice(s).", (1,), "There was 1 notice."),
        ("There (was/were) # notice(s).", (4,), "There were 4 notices."),
        ("Of these, # (was/were) late.", (0,), "Of these, none was late."),
        ("Of these, # (was/were) late.", (5,), "Of these, 5 were late."),
        ("# of the # action(s) (was/were) late.", (1, 9), "1 of the 9 actions was late."),
        ("# of the # action(s) (was/were) late.", (0, 9), "None of the 9 actions was late."),
        ("# of the # action(s) (was/were) late.", (3, 9), "3 of the 9 actions were late."),
        ("There (was/were) # notice(s).", (0,), "There were no notices."),
        ("# (was/were) completed.", ((1, SHARE),), "All were completed."),
        ("# for drivers and # for owners.", ((0.36, SHARE), (0, SHARE)), "36% for drivers and 0% for owners."),
        ("# notice(s) and # objection(s)", (1, 2), "1 notice and 2 objections"),
        ("# penalt(y)", (1,), "1 penalt(y)"),
        ("# (penalty/penalties)", (1,), "1 penalty"),
        ("Drivers received # notice(s), owners #.", (3, 0), "Drivers received 3 notices, owners none."),
        ("It fell from # to #.", (3, 0), "It fell from 3 to none."),
        ("The total: #.", (0,), "The total: 0."),
        ("They paid #.", ((0, MONEY),), "They paid nothing."),
        ("They paid (#).", ((0, MONEY),), "They paid (£0)."),
        ("# of the notices had one.", ((0, SHARE),), "None of the notices had one."),
        ("# of the notices had one.", ((1, SHARE),), "All of the notices had one."),
        ("Of the notices, # had one.", ((0, SHARE),), "Of the notices, none had one."),
        ("It was #.", ((0, SHARE),), "It was 0%."),
        ("No notices (#).", ((0, SHARE),), "No notices."),
        ("Most notices (#).", ((0.7, SHARE),), "Most notices (70%)."),
        ("It took # days.", ((0, DAYS),), "It took 0 days."),
        ("Words (s) and a/b.", (), "Words (s) and a/b."),
    ],
)
def test_the_form_follows_the_number(written, numbers, printed):
    assert sentence(written, *numbers) == printed


@pytest.mark.parametrize("written", ["Of the # action(s), some are late.", "All # notice(s) followed."])
def test_of_none_nothing_can_be_said(written):
    with pytest.raises(LeftOut):
        sentence(written, 0)


def test_a_panel_keeps_its_zeros_in_digits():
    assert sentence("**#** notice(s) issued", 0, digits=True) == "**0** notices issued"


@pytest.mark.parametrize(
    ("written", "word", "printed"),
    [
        ("# notices", "most", "Most notices"),
        ("**#** notices", "most", "**Most** notices"),
        ("“#” came", "paying", "“Paying” came"),
    ],
)
def test_a_sentence_begins_with_a_capital_letter(written, word, printed):
    tray = FragmentStore()
    text = agreed(written.replace("#", tray.text(word)), tray)
    assert tray.fill(text, lambda piece: piece.text) == printed
    assert tray.fill(text, lambda piece: piece.web) == printed
