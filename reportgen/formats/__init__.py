"""The outputs: the PDF, the web page, Govspeak, the spreadsheet, open data and pictures of the charts.

Input: the composed report. Output: bytes by path. A format sees values and the finished document, no earlier room.
"""
