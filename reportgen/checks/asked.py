"""The questions, as data: what is asked of every publication before it may leave.

Goes in: nothing. Comes out: ``QUESTIONS``, in the order in which a reader of the check report wants them.
"""

from __future__ import annotations

from typing import Final

from reportgen.checks import govspeak, govuk, page, private, process, settings, truth, words
from reportgen.checks.question import Question

QUESTIONS: Final = (
    Question(
        "real-figures",
        "release",
        "Are the figures real?",
        "release.toml says whether the data are official or illustrative; made-up figures are never published",
        settings.real,
        waivable=False,
    ),
    Question(
        "input-notices",
        "inputs",
        "Has somebody looked at what was odd in the inputs?",
        "the notices of the validation: values that are possible and unusual",
        process.inputs,
    ),
    Question(
        "disclosure-audit",
        "disclosure",
        "Can any hidden figure be worked out from everything published together?",
        "a linear programme over all published figures gives the range of each hidden one",
        private.audited,
        waivable=False,
    ),
    Question(
        "hidden-figures",
        "disclosure",
        "Is nothing told of a hidden figure?",
        "every protected figure with a marker is read: no value, base, interval or numerator",
        private.hidden_stay_hidden,
        waivable=False,
    ),
    Question(
        "personal-data",
        "disclosure",
        "Is nobody recognisable in any file?",
        "web page, PDF, Govspeak, spreadsheet, data files and charts are searched for references, emails, telephones,"
        " registrations and postcodes",
        private.nobody_named,
    ),
    Question(
        "claims",
        "words",
        "Is every claim of the words true of the figures?",
        "each claim in the chapters names its condition; the build stops at one that is false",
        process.claims,
    ),
    Question(
        "untraced-figures",
        "words",
        "Does every number in the words come from the data?",
        "digits typed by hand are found unless they are dates, law, headings or allowed with a reason",
        process.untraced,
    ),
    Question(
        "one-truth-figures",
        "one truth",
        "Does each figure say the same in every file?",
        "figures.json, statistics.csv and previous.csv are read back and compared with the protected statistics",
        truth.figures,
    ),
    Question(
        "one-truth-tables",
        "one truth",
        "Does each cell of each table say the same in every file?",
        "the tables of the web page, PDF, Govspeak, spreadsheet and CSV files are read back cell by cell",
        truth.tables,
    ),
    Question(
        "one-truth-words",
        "one truth",
        "Do the web page, the PDF and the Govspeak say the same numbers in the same order?",
        "every number of the text outside tables is read back from all three and compared in order",
        truth.numbers,
    ),
    Question(
        "one-truth-charts",
        "one truth",
        "Are the charts on the page those of the files, and do they show the figures of their tables?",
        "drawings in the page and in charts/ are compared, and their labels with the tables beside them",
        truth.drawings,
    ),
    Question(
        "one-truth-files",
        "one truth",
        "Is every file what was made, byte for byte?",
        "page, Govspeak, spreadsheet, data files and charts are made again from the protected figures and compared",
        truth.files,
    ),
    Question(
        "sentence-lengths",
        "words",
        "Are the sentences short?",
        "under 20 words in the mean, none over 40, quotes and tables aside",
        words.sentence_lengths,
    ),
    Question(
        "style",
        "words",
        "Do the words follow GOV.UK's style?",
        "a list of forms that the style guide avoids",
        words.style,
    ),
    Question(
        "terms", "words", "Are the scheme's own words used one way?", "a list of forms with the right one", words.terms
    ),
    Question(
        "page-structure",
        "accessibility",
        "Is the web page well formed and does it work alone?",
        "language, title, one main part, a skip link, nothing fetched, no script, nothing left open",
        page.structure,
    ),
    Question(
        "headings",
        "accessibility",
        "Do the headings make an outline?",
        "one first heading, no level left out, none empty, no two chapters alike",
        page.headings,
    ),
    Question(
        "tables",
        "accessibility",
        "Can every table be read aloud?",
        "a caption, one head, a scope on each head cell, nothing merged, nothing empty",
        page.tables,
    ),
    Question(
        "text-alternatives",
        "accessibility",
        "Does every chart say in words what it shows?",
        "60 to 250 characters, no two alike, not its caption, no file name",
        page.pictures,
    ),
    Question(
        "links",
        "accessibility",
        "Does every link lead somewhere and say where?",
        "anchors exist, addresses are https and well formed (they are not visited), ids are unique",
        page.links,
    ),
    Question(
        "pdf-standards",
        "accessibility",
        "Does the PDF meet PDF/UA-1 and PDF/A-3a?",
        "an independent validator reads the finished file, where one is installed",
        process.pdf_standards,
    ),
    Question(
        "spreadsheet",
        "accessibility",
        "Is the spreadsheet laid out as the Analysis Function asks?",
        "cover, contents, notes, one table a sheet, named tables, no merged, blank or hidden cells, properties filled",
        process.spreadsheet,
    ),
    Question(
        "page-fields",
        "GOV.UK",
        "Do title, summary and addresses fit GOV.UK's forms?",
        "Whitehall's limits: title up to 65 characters, summary up to 140 and a full stop",
        govuk.fields,
    ),
    Question(
        "paper-numbers",
        "GOV.UK",
        "Are the ISBN and the paper numbers right?",
        "check digits and Whitehall's rules for command and House of Commons papers",
        govuk.papers,
    ),
    Question(
        "file-names",
        "GOV.UK",
        "Will GOV.UK take the files?",
        "names, kinds, and data files with one header row, no blank line and rows of one length",
        govuk.files,
    ),
    Question(
        "file-sizes", "GOV.UK", "Are the files small enough?", "the web page under 1.5 MB, none empty", govuk.sizes
    ),
    Question(
        "govspeak",
        "GOV.UK",
        "Will Whitehall take the Govspeak as it is?",
        "our own reading of its sanitiser's allow-list, its constructs, headings, tables, pictures and footnotes",
        govspeak.passes,
    ),
    Question(
        "release-settings",
        "release",
        "Is everything said that the page needs?",
        "the settings of [publication] in release.toml",
        settings.complete,
    ),
    Question(
        "survey-method",
        "release",
        "Is the survey's method disclosed?",
        "the eleven items of the AAPOR standard in [survey.method] of release.toml",
        settings.survey_method,
    ),
    Question(
        "sign-off",
        "release",
        "Have three people answered for it, the assurer being another than the analyst?",
        "names and dates in [sign_off] of release.toml",
        settings.signed,
    ),
    Question(
        "marked",
        "release",
        "Does the page say what it is: a draft, made up, or neither?",
        "the marks on the page are compared with the release",
        settings.marked,
    ),
    Question(
        "read-through",
        "for a person",
        "Has somebody read the whole report?",
        "one person who did not write it reads it from beginning to end",
        process.person,
    ),
    Question(
        "read-aloud",
        "for a person",
        "Has somebody listened to the PDF and the web page with a screen reader?",
        "machines answer about half of the questions of accessibility",
        process.person,
    ),
    Question(
        "quotes-consented",
        "for a person",
        "Is each quoted respondent content, and recognisable to nobody who knows the trade?",
        "the quotes are read by somebody who knows the firms",
        process.quotes,
    ),
)
