"""The results of the checks on a small publication."""

from finished import finished, html

from reportgen import checks

PAGE = "cecps-annual-report-2025.html"


def answers(made):
    return {result.id: result for result in checks.run(made)}


def with_page(change):

    return finished(files={PAGE: change(html()).encode()})
