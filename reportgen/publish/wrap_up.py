"""Office pages: ``checks.json``, ``checks.html``, ``publish/`` (to paste from), ``qa/`` (to keep).

Input: the release, last year's release, files, check results, sources of the tables. Output: bytes by path.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from reportgen.model import formatting
from reportgen.model.release import Received, Release, SignOff
from reportgen.model.stages import CheckResult, InputSource
from reportgen.publish.manifest import open_settings
from reportgen.publish.office_page import PageTable, Paper, Part, as_html, as_markdown

ORDER: Final = ("failed", "needs a person", "waived", "answered", "passed", "not applicable")


def wrap_up(
    release: Release,
    files: Mapping[str, bytes],
    results: Sequence[CheckResult],
    sources: Mapping[str, InputSource],
    previous: Release | None = None,
    *,
    pages: int | None = None,
) -> dict[str, bytes]:
    """Build every page for the office; ``files`` are those to publish, ``pages`` the length of the PDF."""
    checklist = _checklist(release, files, results, pages)
    return {
        "checks.json": _json([_as_data(result) for result in results]),
        "checks.html": as_html(_check_report(release, results)),
        "publish/checklist.html": as_html(checklist),
        "publish/checklist.md": as_markdown(checklist),
        "qa/data-log.csv": _data_log(release, sources),
        "qa/log.html": as_html(_log(release, previous)),
        "qa/sign-off.html": as_html(_sign_off(release, results)),
    }


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _as_data(result: CheckResult) -> dict[str, Any]:
    return {
        "id": result.id,
        "subject": result.subject,
        "question": result.question,
        "how": result.how,
        "result": result.result,
        "evidence": list(result.evidence),
    }


def tally(results: Iterable[CheckResult]) -> str:
    """Summarise results by number: 2 failed, 3 need a person, 30 passed."""
    counts = Counter(result.result for result in results)
    words = {"needs a person": "need a person" if counts["needs a person"] != 1 else "needs a person"}
    return ", ".join(f"{counts[result]} {words.get(result, result)}" for result in ORDER if counts[result])


def _check_report(release: Release, results: Sequence[CheckResult]) -> Paper:
    parts = []
    for outcome in ORDER:
        rows = tuple(
            (result.question, result.subject, "\n".join(result.evidence), result.how, result.id)
            for result in results
            if result.result == outcome
        )
        if rows:
            heading = outcome.capitalize()
            header = ("Question", "About", "What was found", "How it is answered", "Name")
            parts.append(Part(heading, (), PageTable(f"{heading}: {len(rows)}", header, rows)))
    return Paper(
        f"Checks of the report for {release.period.label}",
        f"{_standing(release)} {tally(results).capitalize()}.",
        tuple(parts),
    )


def _standing(release: Release) -> str:
    words = "Final." if release.final else "Draft."
    return f"{words} The figures are made up." if release.illustrative else words


def _checklist(
    release: Release, files: Mapping[str, bytes], results: Sequence[CheckResult], pages: int | None
) -> Paper:
    failed = [result for result in results if result.result == "failed"]
    stop = (
        (f"Do not publish yet: {len(failed)} checks failed (see checks.html).",)
        if failed or not release.final
        else ("Every check passed or was waived.",)
    )
    if not failed and not release.final:
        stop = ("This is a draft. Build it with --final before it is published.",)
    by_hand = tuple(
        (result.question, result.how, "\n".join(result.evidence))
        for result in results
        if result.result == "needs a person"
    )
    return Paper(
        f"Publishing checklist: {release.publication.title or release.period.label}",
        "In the order of Whitehall's forms. Each value is ready to paste.",
        (
            Part("Before you begin", stop),
            Part(
                "Questions for a person",
                (),
                PageTable("Answer these before publishing", ("Question", "How", "What is known"), by_hand),
            ),
            Part("Page", (), PageTable("Fields of the page", ("Field", "Value"), _fields(release))),
            Part(
                "HTML attachment",
                (
                    "Paste the Govspeak file as the body of an HTML attachment; upload the pictures first.",
                    "Leave “Manually numbered headings” unticked.",
                ),
                PageTable("The HTML attachment", ("Field", "Value"), _html_attachment(release, files)),
            ),
            Part(
                "Files to attach",
                ("In this order. The HTML attachment comes first.",),
                PageTable(
                    "Attachments in order", ("Title", "File", "Size", "Accessible"), _attachments(release, files, pages)
                ),
            ),
            Part(
                "Pictures to upload",
                ("Upload them to the HTML attachment's page under these names. SVG is sharp at every size.",),
                PageTable("Pictures", ("File", "Size"), _pictures(files)),
            ),
            Part("After publishing", AFTER),
        ),
    )


AFTER: Final = (
    "Open the page on a phone and with a keyboard alone; follow each link once.",
    "Compare three figures of the page with data/statistics.csv.",
    "Keep the folder with its manifest.json: “reportgen verify” makes it again.",
    "Tell the contact named on the page that it is out.",
)


def _fields(release: Release) -> tuple[tuple[str, str], ...]:
    publication = release.publication
    lacking = "Missing: set it in [publication] of release.toml"
    fields = [
        ("Title", publication.title or lacking),
        ("Summary", publication.summary or lacking),
        ("Publication type", publication.type),
        ("Body", _body(release)),
        ("Lead organisation", publication.organisation),
        ("Excludes nations", f"Applies to {publication.nations}" if publication.nations else lacking),
        ("First published", formatting.day(publication.published) if publication.published else lacking),
        ("Change note", publication.change_note or lacking),
        ("Contact", ", ".join(p for p in (publication.contact_name, publication.contact_email) if p) or lacking),
        ("Alternative format contact", publication.alternative_format_email or lacking),
        ("Status of the figures", publication.status),
        ("Next release", publication.next_release or lacking),
    ]
    optional = {
        "Unique reference": publication.unique_reference,
        "ISBN": publication.isbn,
        "Command paper number": publication.command_paper,
        "House of Commons paper number": publication.hc_paper,
        "Parliamentary session": publication.session,
        "Address": publication.url,
    }
    return (*fields, *((name, value) for name, value in optional.items() if value))


def _body(release: Release) -> str:
    """Describe the report for the page body, without its findings."""
    span = formatting.span(release.period.first, release.period.last)
    return (
        f"This report covers the Clandestine Entrant Civil Penalty Scheme from {span}. "
        f"Outcomes and payments are as at {formatting.day(release.as_at)}. "
        f"Status: {release.publication.status}."
    )


def _html_attachment(release: Release, files: Mapping[str, bytes]) -> tuple[tuple[str, str], ...]:
    name = next((name for name in files if name.endswith(".md") and "/" not in name), None)
    if name is None:
        return ()
    return (
        ("Title", release.publication.title),
        ("Body (Govspeak)", f"the whole of {name}"),
        ("Unique reference", release.publication.unique_reference or "none"),
        ("ISBN", release.publication.isbn or "none"),
    )


def _attachments(release: Release, files: Mapping[str, bytes], pages: int | None) -> tuple[tuple[str, ...], ...]:
    title = release.publication.title or release.period.label
    rows = []
    for kind, words in (("pdf", "(PDF)"), ("ods", ": data tables"), ("csv", "")):
        for name, data in files.items():
            if not name.endswith(f".{kind}") or name.startswith(("qa/", "publish/")):
                continue
            if kind == "csv" and name not in {"data/statistics.csv", "data/previous.csv"}:
                continue
            size = formatting.size(len(data)) + (f", {pages} pages" if kind == "pdf" and pages else "")
            told = {"data/statistics.csv": ": every figure", "data/previous.csv": ": last year's figures"}.get(
                name, words
            )
            rows.append((f"{title}{told}" if told[:1] == ":" else f"{title} {told}", name, size, "yes"))
    return tuple(rows)


def _pictures(files: Mapping[str, bytes]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (name, formatting.size(len(data)))
        for name, data in files.items()
        if name.startswith("charts/") and name.endswith(".svg")
    )


def _data_log(release: Release, sources: Mapping[str, InputSource]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("table", "file", "sha256", "rows", "owner", "received"))
    for name, source in sources.items():
        given = release.received.get(name, Received())
        received = given.date.isoformat() if given.date else ""
        file = source.file.rpartition("/")[2]  # without folder names, which could be anything
        rows = "[c]" if source.rows is None else source.rows
        writer.writerow((name, file, source.sha256, rows, _harmless(given.owner), received))
    return out.getvalue().encode()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _log(release: Release, previous: Release | None) -> Paper:
    changed = _changed(previous, release)
    waived = tuple((w.check, w.who, formatting.day(w.when), w.why) for w in release.waivers)
    allowed = tuple((a.text, a.reason) for a in release.allow)
    none = ("None is recorded in release.toml.",)
    return Paper(
        f"Quality log for {release.period.label}",
        f"{_standing(release)} Kept with the outputs; from release.toml.",
        (
            Part("Assumptions", release.assumptions or none),
            Part("Decisions", release.decisions or none),
            Part(
                "Settings changed since last year",
                () if changed else (_unchanged(previous),),
                PageTable("Settings that differ", ("Setting", "Last year", "This year"), changed),
            ),
            Part(
                "Waivers", () if waived else none, PageTable("Checks let pass", ("Check", "Who", "When", "Why"), waived)
            ),
            Part(
                "Figures typed into the words",
                () if allowed else none,
                PageTable("Allowed", ("Words", "Reason"), allowed),
            ),
        ),
    )


def _unchanged(previous: Release | None) -> str:
    return "There is no release of last year to compare with." if previous is None else "None."


_EVERY_YEAR: Final = ("as_at", "publication.", "sign_off.", "waivers.", "qa.", "allow.")


def _changed(previous: Release | None, release: Release) -> tuple[tuple[str, str, str], ...]:
    """Compare settings with last year's, leaving out those that differ every year."""
    if previous is None:
        return ()
    old, new = _flat(open_settings(previous.raw)), _flat(open_settings(release.raw))
    names = [name for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)]
    return tuple(
        (name, old.get(name, "not set"), new.get(name, "not set")) for name in names if not name.startswith(_EVERY_YEAR)
    )


def _flat(value: Any, name: str = "") -> dict[str, str]:
    if isinstance(value, dict):
        return {k: v for key, inner in value.items() for k, v in _flat(inner, f"{name}.{key}" if name else key).items()}
    if isinstance(value, list):
        return {name: ", ".join(str(one) for one in value) or "none"}
    return {name: str(value).lower() if isinstance(value, bool) else str(value)}


def _sign_off(release: Release, results: Sequence[CheckResult]) -> Paper:
    asked = tuple(
        (r.question, r.result, "\n".join(r.evidence))
        for r in results
        if r.result in {"failed", "waived", "answered", "needs a person"}
    )
    return Paper(
        f"Sign-off of the report for {release.period.label}",
        f"{_standing(release)} Roles as in the AQuA Book; the assurer is never the analyst.",
        (
            Part(
                "People",
                (),
                PageTable("Who answers for what", ("Role", "Name", "Date", "Statement"), _people(release.sign_off)),
            ),
            Part("Checks", (f"{tally(results).capitalize()}.",)),
            Part(
                "Open to the assurer", (), PageTable("What to look at", ("Question", "Result", "What was found"), asked)
            ),
        ),
    )


_STATEMENTS: Final = {
    "analyst": "I made these figures from the data in qa/data-log.csv with the versions in manifest.json.",
    "assurer": "I checked the data, the settings and the changes since last year, and did not make the figures.",
    "approver": "I have read the checks and the waivers, and the report may be published.",
}


def _people(sign_off: SignOff) -> tuple[tuple[str, ...], ...]:
    rows = []
    for role, statement in _STATEMENTS.items():
        day = getattr(sign_off, f"{role}_date")
        rows.append((role.capitalize(), getattr(sign_off, role), formatting.day(day) if day else "", statement))
    return tuple(rows)
