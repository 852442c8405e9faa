"""Output formats: PDF, web page, Govspeak, spreadsheet, open data, chart images.

Input: the composed report. Output: bytes by path. A format sees values and the finished document only.
"""
