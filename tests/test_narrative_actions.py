"""Actions, quotes and panels in the narrative."""

from wording import RECORDS, action, replace, say, statistics


def test_actions_can_be_filtered():
    assert say("{{ actions() }}").text.count("Led by:") == 3
    assert "Put notices into Polish. Done in June." in say("{{ actions(quick_win=true) }}").text
    assert say('{{ actions(status="not started") }}').text.startswith("Send bills early.")
    assert say('{{ actions(theme="paying", audience="owner") }}').text.startswith("Take cards.")
    assert say('Done: {{ actions(theme="Paying", status="complete") }}\nor: Words.').text == "Words."
    assert say("{{ actions(first=2) }}").text.count("Led by:") == 2
    assert say('{{ actions(status="open") }}').text.count("Led by:") == 2
    assert say("{{ actions(first=0) }}").codes == ["wrong-use"]


def test_a_short_list_gives_the_outcome_of_completed_actions():
    bare = replace(action("A-05", what="Publish the times"), outcome="")
    made = statistics(records=replace(RECORDS, actions=(*RECORDS.actions, bare)))
    short = say("{{ actions(short=true) }}", figures=made).text
    assert "Done in June (Penalty team, 1 July 2025)." in short
    assert "Put notices into Polish" not in short
    assert "Publish the times (Penalty team, 1 July 2025)." in short
    assert "Send bills early." in short
    assert say('{{ actions(short="yes") }}').codes == ["wrong-use"]


def test_two_audiences_select_actions_for_both():
    both = action("A-06", audience=("owner", "hirer", "operator"), what="Map the parking")
    made = statistics(records=replace(RECORDS, actions=(*RECORDS.actions, both)))
    assert "Map the parking." in say('{{ actions(audience="hirer; operator") }}', figures=made).text
    assert "Take cards" not in say('{{ actions(audience="owner;hirer") }}', figures=made).text
    assert say('{{ actions(audience="owner;hirre") }}', figures=made).codes == ["unknown-audience"]


def test_actions_for_fewer_audiences_come_first():
    wide = action("A-04", audience=("driver", "owner", "hirer", "operator"), theme="contact", what="Open one mailbox")
    made = statistics(records=replace(RECORDS, actions=(wide, *RECORDS.actions)))
    assert say("{{ actions(first=1) }}", figures=made).text.startswith("Open one mailbox.")
    assert say('{{ actions(audience="driver", first=1) }}', figures=made).text.startswith("Put notices into Polish.")


def test_a_condition_can_ask_if_there_is_an_action():
    ask = "{{% if is_there_action({}) %}}Yes.{{% else %}}No.{{% endif %}}"
    assert say(ask.format('audience="owner", status="in progress"')).text == "Yes."
    assert say(ask.format('audience="hirer"')).text == "No."
    assert say(ask.format('theme="paying", status="open"')).text == "Yes."
    assert say(ask.format('theme="language", status="open"')).text == "No."
    assert say(ask.format('theme="weather"')).text == "No."
    near = say(ask.format('theme="payin"'))
    assert near.text == "No."
    assert [(one.code, one.severity, one.hint) for one in near.problems] == [
        ("unknown-theme", "notice", "Did you mean “paying”?")
    ]
    assert say(ask.format('status="done"')).codes == ["unknown-status"]
    assert say("{{ is_there_action() }}").codes == ["cannot-be-printed"]


def test_a_dropped_action_says_why():
    gone = replace(action("A-05", status="dropped", what="Send reminders"), outcome="The system cannot send them")
    text = say("{{ you_said_we_did() }}", figures=statistics(records=replace(RECORDS, actions=(gone,)))).text
    assert "Dropped: Send reminders. The system cannot send them. Led by: Penalty team; quick win." in text


def test_only_completed_actions_are_called_done():
    text = say("{{ you_said_we_did() }}").text
    assert "You said: We cannot read it." in text
    assert "Done: Put notices into Polish." in text
    assert "Under way: Take cards. Led by: Penalty team; late: was due on 1 August 2025." in text
    assert "Planned: Send bills early. Led by: Penalty team; due on 1 August 2025." in text
    assert text.count("Done:") == 1


def test_a_status_is_printed_once():
    """A label before the action gives the status; a list without labels gives it after the action."""
    open_ = [one for one in RECORDS.actions if one.status != "complete"]
    for one in open_:
        made = statistics(records=replace(RECORDS, actions=(one,)))
        assert one.status not in say("{{ you_said_we_did() }}", figures=made).text
        assert say("{{ actions() }}", figures=made).text.count(one.status) == 1
    assert len(open_) == 2


def test_a_comment_is_quoted_once():
    said = say('{{ quote(theme="language") }}\n\n{{ quote() }}')
    assert said.text.count("I could not read the notice.") == 1


def test_a_panel_prints_its_lines():
    said = say(
        '{% panel %}\n**{{ stat("penalties.issued") }}** notices\n{% if has_last_year %}{% endif %}\n{% endpanel %}'
    )
    assert said.html.count("<li>") == 1
    assert "{stat-headline}" in said.narrative.govspeak
